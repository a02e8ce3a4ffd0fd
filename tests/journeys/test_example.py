"""From the example folder to its brief: the first journey of every newcomer."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bilat.brief import Brief, make_brief
from bilat.brief.formats import Output, renderer
from bilat.language import Words
from bilat.programme import Programme, load, open_programme, save

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "blr-kgz"
STATISTICS = ROOT.parent / "shared" / "data"
DAY = date(2025, 10, 1)


@pytest.fixture(scope="module")
def programme() -> Programme:
    return open_programme(EXAMPLE)


@pytest.fixture(scope="module")
def brief(programme: Programme) -> Brief:
    return make_brief(programme, as_of=DAY)


def test_the_example_has_no_problem_not_even_a_warning() -> None:
    assert load(EXAMPLE).problems == ()


def test_the_answer_to_the_co_chair_is_no(brief: Brief) -> None:
    target = brief.targets[0]
    assert (target.verdict, target.value) == ("off_track", Decimal(500_000_000))


def test_each_sides_date_stands(brief: Brief) -> None:
    dates = [(item.side, item.deadline) for item in brief.targets[0].announcements]
    assert dates == [("BLR", 2029), ("KGZ", 2027), ("KGZ", 2029)]


def test_growth_from_133_million_is_required_as_published(brief: Brief) -> None:
    """500 from 133 in five years and in three: 30.3 and 55.5 per cent."""
    from_133 = {
        (item.deadline, round((path.required_growth or 0) * 100, 1))
        for item in brief.targets[0].announcements
        for path in item.paths
        if path.baseline.value == 133_000_000
    }
    assert from_133 == {(2029, 30.3), (2027, 55.5)}


def test_135_and_68_million_stand_side_by_side(brief: Brief) -> None:
    words = Words("en")
    (nine_months,) = [
        item for item in brief.differences if "January–September 2024" in words(item.subject)
    ]
    said = {saying.side: words(saying.text) for saying in nine_months.sayings}
    assert said == {"BLR": "almost 135 million USD", "KGZ": "68 million USD"}


def test_every_number_names_its_source(brief: Brief) -> None:
    known = {source.id for source in brief.sources}
    levels = [level for flow in brief.trade.flows for row in flow.rows for level in row.levels]
    assert len(levels) > 60
    assert all(level.sources and set(level.sources) <= known for level in levels)


def test_what_nobody_stated_is_marked_with_author_and_reason(programme: Programme) -> None:
    assumed = [record for record in programme.records() if record.assumption]
    assert assumed
    assert all(record.author and record.reason for record in assumed)


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("contacts", ["Minsk", "Bishkek", "Belagro"]),
        ("cadences", ["EAEU", "CIS", "SCO"]),
        ("documents", ["2027", "2030"]),
        ("projects", ["levator", "ransformer"]),
        ("facilities", ["leasing", "Development Bank"]),
        ("exchanges", ["education", "culture", "sport", "tourism"]),
        ("links", ["onstruction", "oad", "cology", "egion"]),
        ("commitments", ["mechanical", "agricultur", "technolog"]),
        ("figures", ["more_than"]),
    ],
)
def test_the_facts_of_the_communique_have_their_place(
    programme: Programme, section: str, words: list[str]
) -> None:
    text = json.dumps(
        [record.model_dump(mode="json") for record in programme.section(section)],
        ensure_ascii=False,
    )
    assert [word for word in words if word not in text] == []


def test_every_text_that_people_read_is_there_in_both_languages(programme: Programme) -> None:
    plain = [
        f"{record.section}/{record.id}.{name}"
        for record in programme.records()
        for name in ("title", "name", "note", "outcome", "next_step", "reason")
        if isinstance(getattr(record, name, None), str)
    ]
    assert plain == []


def test_the_russian_brief_leaves_no_english_sentence(programme: Programme, brief: Brief) -> None:
    page = renderer("html")(Output(programme, brief, Words("ru"))).decode()
    body = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", " ", page, flags=re.DOTALL)
    without_sources = body[: body.index("Номера в квадратных")]
    english = re.findall(r"\b[A-Za-z]{3,}(?: [A-Za-z]{2,}){2,}", without_sources)
    assert english == []


def test_saving_what_was_loaded_changes_no_file(programme: Programme) -> None:
    assert save(programme, EXAMPLE) == []


def test_the_kyrgyz_series_is_the_published_table(programme: Programme) -> None:
    """Every yearly value of tables 4.03.00.18 and .20, to the last digit."""
    table = STATISTICS / "kgz_nsc_trade_by_country_1994_2023.csv"
    if not table.exists():
        pytest.skip(f"{table.name} is not beside the project")
    with table.open(encoding="utf-8", newline="") as file:
        published = Counter(
            (
                {"export": "exports-kgz", "import": "exports-blr"}[row["flow"]],
                row["year"],
                Decimal(row["value_kusd"]),
            )
            for row in csv.DictReader(file)
            if row["partner"] == "Belarus"
        )
    ours = Counter(
        (item.indicator, str(item.period), item.value)
        for item in programme.observations
        if item.reporter == "KGZ"
    )
    assert ours == published


def test_the_belarusian_exports_are_the_assembled_ones(programme: Programme) -> None:
    table = STATISTICS / "blr_kgz_mirror_assembled.csv"
    if not table.exists():
        pytest.skip(f"{table.name} is not beside the project")
    with table.open(encoding="utf-8", newline="") as file:
        published = {
            row["year"]: round(Decimal(row["value_kusd"]), 3)
            for row in csv.DictReader(file)
            if row["reporter"] == "BLR"
        }
    ours = {
        str(item.period): item.value for item in programme.observations if item.reporter == "BLR"
    }
    assert ours == published
