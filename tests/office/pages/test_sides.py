"""What the two sides state differently: beside each other, with sources, and never averaged."""

from __future__ import annotations

import csv
import html
import io
import re
from pathlib import Path
from typing import Any

import pytest
from tests.office.api.world import PASSPHRASE
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
TURNOVER = {
    "id": "turnover",
    "title": "Mutual trade",
    "unit": "million USD",
    "measures": "turnover",
}
STUDENTS = {"id": "students", "title": "Students", "unit": "students", "measures": "count"}
TARGET = {
    "id": "t500", "title": "500 million", "indicator": "turnover", "value": "500",
    "unit": "million USD",
    "statements": [
        {"side": "BLR", "announced": "2024-11", "horizon_years": 5},
        {"side": "KGZ", "announced": "2024-11", "by": "2027"},
    ],
}  # fmt: skip
SPEECH = {"id": "speech", "title": "Speech of the minister", "publisher": "Kabar"}


def said(id_: str, side: str, value: str, **more: Any) -> Any:
    return ("figures", id_), {
        "id": id_, "indicator": "turnover", "side": side, "period": "2023", "stated": "2024",
        "value": value, "sources": ["speech"], **more,
    }  # fmt: skip


@pytest.fixture
def desk(office: Desk, settings: Any, tmp_path: Path) -> Desk:
    settings.DATA_FOLDER = tmp_path
    office.world.agree(
        (("sources", "speech"), SPEECH), (("indicators", "turnover"), TURNOVER),
        (("indicators", "students"), STUDENTS), (("targets", "t500"), TARGET),
        said("minsk", "BLR", "135", qualifier="almost", speaker={"name": "Ales"}),
        said("bishkek", "KGZ", "68"),
        said("near-b", "BLR", "100", period="2022"), said("near-k", "KGZ", "102", period="2022"),
        said("alone", "KGZ", "40", indicator="students"),
    )  # fmt: skip
    return office


def rows_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_both_sayings_stand_with_speaker_source_and_difference(desk: Desk) -> None:
    answer = desk.browser().get("/sides")
    page = text_of(answer)
    assert "67 million USD apart, 99%" in page
    assert "almost 135 million USD stated, Ales, 2024 Speech of the minister" in page
    assert "68 million USD stated, 2024" in page
    assert "101.5" not in page
    assert faults_of(answer) == []


def test_two_dates_of_one_target_stand_in_the_words_of_each_side(desk: Desk) -> None:
    page = text_of(desk.browser().get("/sides?kind=target_date"))
    assert "1 difference " in page
    assert "2 years apart" in page
    assert "within 5 years, counted from November 2024: 2029" in page
    assert "by 2027 (announced November 2024)" in page


def test_what_only_one_side_has_said_is_an_open_question(desk: Desk) -> None:
    page = text_of(desk.browser().get("/sides"))
    assert "Open questions (1)" in page
    assert "Students : Kyrgyzstan has said it, Belarus has not – 2023" in page


@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        ("", ["Date of the target: 500 million", "Mutual trade, 2023"]),
        (
            "least=0",
            ["Date of the target: 500 million", "Mutual trade, 2023", "Mutual trade, 2022"],
        ),
        ("kind=stated", ["Mutual trade, 2023"]),
        ("kind=statistics", []),
        (
            "least=0&sort=gap",
            ["Mutual trade, 2023", "Mutual trade, 2022", "Date of the target: 500 million"],
        ),
        ("q=2022&least=0", ["Mutual trade, 2022"]),
    ],
)
def test_filters_say_what_the_list_and_its_file_hold(
    desk: Desk, query: str, subjects: list[str]
) -> None:
    client = desk.browser()
    rows = rows_of(client.get(f"/sides?{query}&format=csv"))
    assert list(dict.fromkeys(row["Subject"] for row in rows)) == subjects
    count = len(subjects)
    words = "1 difference " if count == 1 else f"{count} differences"
    assert words in text_of(client.get(f"/sides?{query}"))


def test_a_file_has_a_row_for_each_saying(desk: Desk) -> None:
    rows = rows_of(desk.browser().get("/sides?kind=stated&format=csv"))
    assert [(row["Side"], row["Says"], row["Sources"]) for row in rows] == [
        ("Belarus", "almost 135 million USD", "speech"),
        ("Kyrgyzstan", "68 million USD", "speech"),
    ]
    assert {row["In per cent"] for row in rows} == {"98.5%"}
    answer = desk.browser().get("/sides?format=xlsx")
    assert answer.content[:2] == b"PK"


@pytest.mark.parametrize("query", ["kind=rumour", "side=RUS", "least=7", "sort=colour"])
def test_a_filter_that_there_is_not_is_refused_with_what_there_is(desk: Desk, query: str) -> None:
    answer = desk.browser().get(f"/sides?{query}")
    assert answer.status_code == 400
    assert "there are:" in text_of(answer)


SESSION = {"id": "session-13", "title": "13th session", "kind": "session", "planned": "2035-05"}
POINT = "/commission/session-13/agenda?raise=turnover-2023"


def test_a_difference_is_one_click_from_a_point_of_the_agenda(desk: Desk) -> None:
    desk.world.agree((("contacts", "session-13"), {**SESSION, "agenda": ["Roads"]}))
    irina = desk.browser()
    assert f'href="{POINT}#raised"' in irina.get("/sides").content.decode()
    answer = irina.get(POINT)
    assert faults_of(answer) == []
    english, russian = texts_of(answer, "point-1")
    assert english == (
        "What the two sides state differently – Mutual trade, 2023. "
        "Belarus: almost 135 million USD (stated; Ales; 2024; source: Speech of the minister); "
        "Kyrgyzstan: 68 million USD (stated; 2024; source: Speech of the minister)"
    )
    assert "135" in russian
    assert "Speech of the minister" in russian
    kept = desk.browser("KGZ").get("/commission/session-13/agenda")
    assert "source: Speech" not in text_of(kept)  # nothing is saved by looking
    typed = {
        **inputs_of(answer), "point-1_en": english, "point-1_ru": russian, "place-1": "1",
        "point-0_plain": "Roads", "place-0": "2", "how": "propose",
        "passphrase_BLR": PASSPHRASE, "reason": "A point",
    }  # fmt: skip
    change = irina.post("/commission/session-13/agenda", typed)
    assert change.status_code == 302, text_of(change)
    assert "almost 135 million USD" in text_of(desk.browser("KGZ").get(change["Location"]))


def test_what_stands_on_the_agenda_or_is_settled_is_not_raised_again(desk: Desk) -> None:
    desk.world.agree((("contacts", "session-13"), SESSION))
    irina = desk.browser()
    english, russian = texts_of(irina.get(POINT), "point-0")
    point = {"en": english, "ru": russian}
    desk.world.agree((("contacts", "session-13"), {**SESSION, "agenda": [point]}))
    assert "This is on the agenda already." in text_of(irina.get(POINT))
    gone = irina.get("/commission/session-13/agenda?raise=turnover-1999")
    assert "The two sides no longer state this differently." in text_of(gone)


def test_who_may_not_write_the_agenda_is_not_offered_it(desk: Desk) -> None:
    irina = desk.browser()
    bare = text_of(irina.get("/sides"))
    assert "Raise at the next session" not in bare
    assert "No session of the commission is planned." in bare
    desk.world.agree((("contacts", "session-13"), SESSION))
    for side, role in (("joint", "observer"), ("BLR", "observer"), ("BLR", "ministry_editor")):
        page = text_of(desk.browser(side, role).get("/sides"))
        assert "Raise at the next session" not in page
    assert desk.browser("BLR", "observer").get(POINT).status_code == 403


def test_a_point_for_both_sides_tells_nothing_of_ones_own_records(desk: Desk) -> None:
    _name, own = said("own", "BLR", "777", period="2023", visibility="BLR")
    _name, alone = said("alone-b", "BLR", "888", period="2021", visibility="BLR")
    desk.world.agree(
        said("theirs", "KGZ", "50", period="2021"), (("contacts", "session-13"), SESSION)
    )
    desk.world.keep("BLR", "figures", own)
    desk.world.keep("BLR", "figures", alone)
    irina = desk.browser()
    page = irina.get("/sides").content.decode()
    assert "888" in page
    assert "raise=turnover-2023" in page
    assert "raise=turnover-2021" not in page
    assert "777" not in irina.get(POINT).content.decode()
    hidden = irina.get("/commission/session-13/agenda?raise=turnover-2021").content.decode()
    assert "888" not in hidden


def texts_of(answer: Any, name: str) -> list[str]:
    """What stands in the boxes of a point, English first."""
    page = answer.content.decode()
    return [
        html.unescape(re.search(rf'name="{name}_{lang}".*?>(.*?)</textarea>', page, re.DOTALL)[1])  # type: ignore[index]
        for lang in ("en", "ru")
    ]


def inputs_of(answer: Any) -> dict[str, str]:
    page = answer.content.decode()
    found = re.findall(r'<input type="hidden" name="(base|rows)" value="(.*?)"', page)
    return dict(found)


def test_own_private_sayings_are_compared_for_the_own_side_alone(desk: Desk) -> None:
    _name, own = said("own", "BLR", "777", period="2021", visibility="BLR")
    desk.world.agree(said("theirs", "KGZ", "50", period="2021"))
    desk.world.keep("BLR", "figures", own)
    assert "777 million USD" in text_of(desk.browser("BLR").get("/sides"))
    other = text_of(desk.browser("KGZ").get("/sides"))
    assert "777" not in other
    assert "Kyrgyzstan has said it, Belarus has not – 2021" in other


def test_empty_says_what_to_do_in_both_languages(
    office: Desk, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_FOLDER = tmp_path
    assert "The sides state nothing differently." in text_of(office.browser().get("/sides"))
    person = office.world.people["KGZ", "secretary"]
    person.language = "ru"
    person.save()
    assert '<html lang="ru"' in office.browser("KGZ").get("/sides").content.decode()
