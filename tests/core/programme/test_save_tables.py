"""Tables are rewritten only if a row changed, and hold what they held."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.core.programme.edits import (
    ANNOTATED,
    edit,
    saved_and_opened,
    with_fields,
    with_record,
)

from bilat.programme import load, open_programme, save

Folder = Callable[..., Path]

TABLE = 'id,title,kind,agenda,held\nv1,"Visit, official",visit,Trade; Finance,2025-09-29\n'


def test_a_table_is_rewritten_only_if_a_row_changed(folder: Folder) -> None:
    loose = 'id, "title" ,kind\nv1 , Visit,visit\n\n'.replace(', "title" ', ",title")
    root = folder(ANNOTATED, **{"contacts.csv": loose})
    change = with_fields("bodies", "mfa", kind="agency")
    assert save(change(open_programme(root)), root) == [root / "programme.yaml"]
    assert (root / "contacts.csv").read_text() == loose


def test_a_changed_row_leaves_the_others_and_the_columns(folder: Folder) -> None:
    root = folder(**{"contacts.csv": TABLE + "v2,Forum,forum,,2025-10\n"})
    assert edit(root, with_fields("contacts", "v2", held="2025-11"), "contacts.csv") == [
        "-v2,Forum,forum,,2025-10",
        "+v2,Forum,forum,,2025-11",
    ]


def test_a_new_record_is_a_new_row(folder: Folder) -> None:
    root = folder(**{"contacts.csv": TABLE})
    change = with_record("contacts", id="v2", title="Forum", kind="forum", agenda=["A", "B"])
    assert edit(root, change, "contacts.csv") == ["+v2,Forum,forum,A; B,"]


def test_a_new_field_adds_a_column(folder: Folder) -> None:
    root = folder(**{"bodies.csv": "id,name,kind\nmfa,MFA,ministry\n"})
    change = with_fields("bodies", "mfa", name={"en": "MFA", "ru": "МИД"}, note='Say "MFA"\nonly')
    changed = change(open_programme(root))
    assert saved_and_opened(changed, root) == changed


def test_observations_get_no_id_column(folder: Folder) -> None:
    root = folder(
        """
        sources: [{id: s, title: S, publisher: P}]
        indicators: [{id: trade, title: T, measures: turnover, unit: USD}]
        """,
        **{"observations.csv": "indicator,reporter,period,value,unit,sources\n"},
    )
    change = with_record(
        "observations",
        indicator="trade",
        reporter="KGZ",
        period="2024-Q1",
        value="9.5",
        unit="USD",
        sources=["s"],
    )
    assert edit(root, change, "observations.csv") == ["+trade,KGZ,2024-Q1,9.5,USD,s"]


def test_a_row_that_gets_evidence_moves_to_where_it_can_be_kept(folder: Folder) -> None:
    root = folder(**{"commitments.csv": "id,title,due\nm1,Measure,2027\n"})
    evidence = [{"on": "2025-10-01", "grade": "limited", "text": "First tables exchanged"}]
    changed = with_fields("commitments", "m1", evidence=evidence)(open_programme(root))
    save(changed, root)
    assert load(root).programme == changed


def test_an_estimate_in_a_row_keeps_its_sources(folder: Folder) -> None:
    root = folder(
        "sources: [{id: press, title: P, publisher: P}]\n",
        **{"projects.csv": "id,title\np,Elevators\n"},
    )
    estimate = {"likely": 300, "unit": "units", "sources": ["press"]}
    changed = with_fields("projects", "p", units_per_year=estimate)(open_programme(root))
    save(changed, root)
    assert load(root).programme == changed


def test_an_entry_of_a_list_keeps_its_semicolon(folder: Folder) -> None:
    root = folder(**{"contacts.csv": TABLE})
    changed = with_fields("contacts", "v1", agenda=["Trade; and finance"])(open_programme(root))
    assert saved_and_opened(changed, root) == changed


def test_a_quoted_header_stays_one_header(folder: Folder) -> None:
    root = folder(**{"bodies.csv": '"id","name","kind"\nmfa,MFA,ministry\n'})
    edit(root, with_fields("bodies", "mfa", name="Ministry"), "bodies.csv")
    header, row = (root / "bodies.csv").read_text().splitlines()
    assert (header.replace('"', ""), row) == ("id,name,kind", "mfa,Ministry,ministry")


@pytest.mark.parametrize(
    "table",
    [
        b"\xef\xbb\xbfid,title,jobs\np,Elevators,300\n",
        b"id,title,jobs\r\np,Elevators,300\r\n",
        b"id,title,jobs,local_content\np,Elevators,300,\nq,Transformers,,12.50\n",
        b'id,title,jobs\np,"Elevators",300\n',
    ],
    ids=["byte order mark", "line ends of Windows", "another row's decimals", "quotes"],
)
def test_a_table_differs_only_where_it_changed(folder: Folder, table: bytes) -> None:
    root = folder(**{"projects.csv": table})
    save(with_fields("projects", "p", jobs=450)(open_programme(root)), root)
    assert (root / "projects.csv").read_bytes() == table.replace(b"300", b"450")
