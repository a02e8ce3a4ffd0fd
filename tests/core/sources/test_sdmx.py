"""SDMX messages become flat tables: the same numbers, whatever the notation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bilat.sources.sdmx import MessageUnreadable, sdmx_table

SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
HEADER = (
    "<mes:Header><mes:ID>T</mes:ID><mes:Test>true</mes:Test>"
    "<mes:Prepared>2025-01-01T00:00:00</mes:Prepared><mes:Sender id='X'/>"
    "<mes:Structure structureID='DOT' {more} dimensionAtObservation='TIME_PERIOD'><com:Structure>"
    "<Ref agencyID='IMF' id='DOT' version='1.0' class='DataStructure'/>"
    "</com:Structure></mes:Structure></mes:Header>"
)
GENERIC = (
    "<mes:GenericData xmlns:mes='{s}/message' xmlns:gen='{s}/data/generic' xmlns:com='{s}/common'>"
    "{header}<mes:DataSet structureRef='DOT' action='Replace'><gen:Series><gen:SeriesKey>"
    "<gen:Value id='FREQ' value='A'/><gen:Value id='REF_AREA' value='KG'/>"
    "<gen:Value id='COUNTERPART_AREA' value='BY'/></gen:SeriesKey>"
    "<gen:Obs><gen:ObsDimension value='2022'/><gen:ObsValue value='24.395637'/></gen:Obs>"
    "<gen:Obs><gen:ObsDimension value='2023'/><gen:ObsValue value='33.965798'/></gen:Obs>"
    "</gen:Series></mes:DataSet></mes:GenericData>"
).format(s=SCHEMAS, header=HEADER.format(more=""))
URN = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=IMF:DOT(1.0):ObsLevelDim:TIME_PERIOD"
SPECIFIC = (
    "<mes:StructureSpecificData xmlns:mes='{s}/message' xmlns:ss='{s}/data/structurespecific' "
    "xmlns:com='{s}/common' xmlns:ns1='{urn}' "
    "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>{header}"
    "<mes:DataSet ss:structureRef='DOT' xsi:type='ns1:DataSetType' ss:dataScope='DataStructure' "
    "action='Replace'><Series FREQ='A' REF_AREA='KG' COUNTERPART_AREA='BY'>"
    "<Obs TIME_PERIOD='2022' OBS_VALUE='24.395637'/>"
    "<Obs TIME_PERIOD='2023' OBS_VALUE='33.965798'/>"
    "</Series></mes:DataSet></mes:StructureSpecificData>"
).format(s=SCHEMAS, urn=URN, header=HEADER.format(more=f"namespace='{URN}'"))
STRUCTURE = {
    "dimensions": {
        "series": [
            {"id": "FREQ", "values": [{"id": "A"}]},
            {"id": "REF_AREA", "values": [{"id": "KZ"}, {"id": "KG"}]},
            {"id": "COUNTERPART_AREA", "values": [{"id": "BY"}]},
        ],
        "observation": [{"id": "TIME_PERIOD", "values": [{"id": "2022"}, {"id": "2023"}]}],
    },
    "attributes": {"observation": [{"id": "OBS_STATUS", "values": [{"id": "A"}, {"id": "P"}]}]},
}
SERIES = {"0:1:0": {"observations": {"0": [24.395637, 0], "1": [33.965798, 1]}}}
JSON_1 = {"data": {"structure": STRUCTURE, "dataSets": [{"series": SERIES}]}}
JSON_2 = {"data": {"structures": [STRUCTURE], "dataSets": [{"structure": 0, "series": SERIES}]}}


@pytest.mark.parametrize(
    "message",
    [GENERIC, SPECIFIC, json.dumps(JSON_1), json.dumps(JSON_2)],
    ids=["generic", "structure-specific", "json 1.0", "json 2.0"],
)
def test_every_notation_gives_the_same_observations(tmp_path: Path, message: str) -> None:
    path = tmp_path / "message"
    path.write_text(message)
    names = ["FREQ", "REF_AREA", "COUNTERPART_AREA", "TIME_PERIOD", "OBS_VALUE"]
    assert sdmx_table(path).select(names).to_pylist() == [
        dict(zip(names, ("A", "KG", "BY", "2022", "24.395637"), strict=True)),
        dict(zip(names, ("A", "KG", "BY", "2023", "33.965798"), strict=True)),
    ]


def test_the_status_of_an_observation_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "message.json"
    path.write_text(json.dumps(JSON_2))
    assert sdmx_table(path)["OBS_STATUS"].to_pylist() == ["A", "P"]


def test_observations_without_series_are_read_too(tmp_path: Path) -> None:
    flat = {
        "structure": {
            "dimensions": {
                "observation": [
                    {"id": "REF_AREA", "values": [{"id": "KG"}]},
                    {"id": "TIME_PERIOD", "values": [{"id": "2023"}]},
                ]
            }
        },
        "dataSets": [{"observations": {"0:0": [7]}}],
    }
    path = tmp_path / "message.json"
    path.write_text(json.dumps(flat))
    assert sdmx_table(path).to_pylist() == [
        {"REF_AREA": "KG", "TIME_PERIOD": "2023", "OBS_VALUE": "7"}
    ]


@pytest.mark.parametrize(
    "content", ["{}", '{"data": {"dataSets": [{}]}}', "<html><p>Service is down</p></html>", "a,b"]
)
def test_something_else_ends_with_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "message"
    path.write_text(content)
    with pytest.raises(MessageUnreadable, match="message"):
        sdmx_table(path)


def test_a_message_without_observations_is_said(tmp_path: Path) -> None:
    path = tmp_path / "message.json"
    path.write_text(json.dumps({"structure": STRUCTURE, "dataSets": [{"series": {}}]}))
    with pytest.raises(MessageUnreadable, match="holds no observation"):
        sdmx_table(path)
