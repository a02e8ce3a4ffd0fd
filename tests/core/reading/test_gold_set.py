"""The labelled texts are fit to judge a reader by: exact quotes, one shape, two fair halves."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

GOLD = Path(__file__).parent / "gold"
SETS = {"g": 44, "h": 24, "k": 20, "c": 18, "m": 28, "n": 30, "p": 22}
"""Letter of a set → its texts: see README.md beside the texts."""
HALVES = [f"g{number:02}" for number in range(1, 45)]
IDS = [f"{letter}{number:02}" for letter, count in SETS.items() for number in range(1, count + 1)]
LABELS = ("facts", "not_facts", "optional_facts")
RECORD = ["id", "lang", "published", "parties", *LABELS, "tags"]
SHAPES = {
    "target": ["indicator", "value", "currency", "by", "horizon_years", "multiple"],
    "figure": [
        "indicator", "exporter", "value", "currency", "growth_pct", "qualifier", "period",
    ],
    "contact": ["type", "ordinal", "place", "date", "status"],
    "document": ["type", "until", "status"],
    "project": ["product", "activity", "place"],
    "finance": ["instrument"],
    "exchange": ["area"],
}  # fmt: skip
TRADE = {"turnover", "exports", "imports"}
COUNTS = {"students", "tourists"}
INDICATORS: set[str | None] = {*TRADE, *COUNTS, "investment", "other"}
VOCABULARY: dict[tuple[str, str], set[str | None]] = {
    ("target", "indicator"): INDICATORS,
    ("figure", "indicator"): INDICATORS,
    ("figure", "qualifier"): {None, "about", "almost", "more than"},
    ("contact", "type"): {"call", "commission", "council", "forum", "meeting", "summit", "visit"},
    ("contact", "status"): {"held", "planned"},
    ("document", "type"): {
        "agreement", "declaration", "memorandum", "plan", "programme", "protocol", "roadmap",
        "treaty",
    },
    ("document", "status"): {"drafted", "in force", "signed", "to be signed"},
    ("project", "activity"): {"assembly", "construction", "joint venture", "production", "supply"},
    ("finance", "instrument"): {
        "bank agreement", "credit", "fund", "grant", "guarantee", "insurance", "leasing", "subsidy",
    },
    ("exchange", "area"): {"culture", "education", "health", "science", "sport", "tourism"},
}  # fmt: skip
MONTH = r"\d{4}-(0[1-9]|1[0-2])"
PERIOD = re.compile(rf"\d{{4}}|{MONTH}|{MONTH}/{MONTH}")
DATE = re.compile(rf"\d{{4}}|{MONTH}|{MONTH}-\d\d")

Record = dict[str, Any]


@cache
def gold() -> dict[str, Record]:
    lines = (GOLD / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return {record["id"]: record for record in map(json.loads, lines)}


@cache
def text(key: str) -> str:
    return (GOLD / "texts" / f"{key}.txt").read_text(encoding="utf-8")


def labels(record: Record) -> list[Record]:
    return [fact for name in LABELS for fact in record[name]]


def half(remainder: int) -> list[Record]:
    """1: the development set, 0: the held-out set."""
    return [gold()[key] for key in HALVES if int(key[1:]) % 2 == remainder]


def test_every_text_has_its_labels_and_every_label_its_text() -> None:
    assert sorted(gold()) == sorted(IDS)
    assert sorted(path.stem for path in (GOLD / "texts").iterdir()) == sorted(IDS)
    lines = (GOLD / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(IDS)


@pytest.mark.parametrize("key", IDS)
def test_every_quote_stands_word_for_word_in_its_text(key: str) -> None:
    for fact in labels(gold()[key]):
        assert fact["quote"], fact
        assert "\n" not in fact["quote"], fact
        assert fact["quote"] in text(key), fact


@pytest.mark.parametrize("key", IDS)
def test_every_record_has_the_shape_of_its_kind(key: str) -> None:
    record = gold()[key]
    assert list(record) == RECORD
    assert record["lang"] in {"en", "ru"}
    assert record["published"] is None or re.fullmatch(rf"{MONTH}-\d\d", record["published"])
    assert len(record["parties"]) == 2
    assert all(re.fullmatch("[A-Z]{3}", party) for party in record["parties"])
    assert set(record["tags"]) <= {"trap"}
    for fact in labels(record):
        assert list(fact) == ["kind", *SHAPES[fact["kind"]], "quote"], fact


@pytest.mark.parametrize("key", IDS)
def test_every_coded_value_is_of_the_vocabulary(key: str) -> None:
    for fact in labels(gold()[key]):
        for field in SHAPES[fact["kind"]]:
            allowed = VOCABULARY.get((fact["kind"], field))
            assert allowed is None or fact[field] in allowed, fact
        if fact["kind"] == "project":
            assert re.fullmatch(r"[a-z -]+", fact["product"]), fact


def of_kind(key: str, kind: str) -> list[Record]:
    return [fact for fact in labels(gold()[key]) if fact["kind"] == kind]


@pytest.mark.parametrize("key", IDS)
def test_a_target_has_a_number_and_a_figure_says_what_it_measures(key: str) -> None:
    for fact in of_kind(key, "target"):
        assert fact["value"] is not None or fact["multiple"] is not None, fact
        assert fact["by"] is None or 2000 < fact["by"] < 2050, fact
    for fact in of_kind(key, "figure"):
        assert fact["value"] is not None or fact["growth_pct"] is not None, fact
        assert fact["period"] is None or PERIOD.fullmatch(fact["period"]), fact
        assert fact["exporter"] in {None, *gold()[key]["parties"]}, fact
    for fact in of_kind(key, "contact"):
        assert fact["date"] is None or DATE.fullmatch(fact["date"]), fact


@pytest.mark.parametrize("key", IDS)
def test_money_has_its_currency_and_goods_their_origin(key: str) -> None:
    for fact in gold()[key]["facts"]:
        if fact["kind"] in {"target", "figure"} and fact["value"] is not None:
            money = fact["indicator"] in TRADE | {"investment"}
            assert not money or fact["currency"], fact
            assert fact["indicator"] not in COUNTS or fact["currency"] is None, fact
        if fact["kind"] == "figure":
            directed = fact["indicator"] in {"exports", "imports"}
            assert not directed or fact["exporter"], fact
            assert fact["indicator"] != "turnover" or fact["exporter"] is None, fact


def test_no_fact_is_told_twice_in_one_text() -> None:
    for record in gold().values():
        told = Counter(json.dumps(fact, sort_keys=True) for fact in labels(record))
        assert [fact for fact, times in told.items() if times > 1] == [], record["id"]


def test_no_two_texts_share_a_sentence() -> None:
    sentences = {
        key: {piece for piece in re.split(r"(?<=[.!?])\s+", text(key)) if len(piece) > 40}
        for key in IDS
    }
    for one, other in combinations(IDS, 2):
        assert not sentences[one] & sentences[other], (one, other)


@pytest.mark.parametrize("key", IDS)
def test_a_text_is_as_long_as_a_release(key: str) -> None:
    assert 60 <= len(text(key).split()) <= 500


def test_both_halves_have_the_same_languages() -> None:
    for remainder in (0, 1):
        assert Counter(record["lang"] for record in half(remainder)) == {"en": 11, "ru": 11}


@pytest.mark.parametrize("remainder", [0, 1])
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_each_half_tests_every_kind_the_traps_and_the_silence(remainder: int, lang: str) -> None:
    records = [record for record in half(remainder) if record["lang"] == lang]
    facts = [fact for record in records for fact in record["facts"]]
    kinds = Counter(fact["kind"] for fact in facts)
    assert min(kinds[kind] for kind in SHAPES) >= 8, kinds
    assert any(record["tags"] == ["trap"] for record in records)
    assert any(not record["facts"] for record in records)
    assert any(record["published"] is None for record in records)
    assert sum(len(record["not_facts"]) for record in records) >= 20
