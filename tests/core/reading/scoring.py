"""How near a reading is to the labels: a small strict scorer for the texts of this folder.

A number matches with its value (or growth) and its period or deadline; a record of another kind
with its key field and quotes that overlap. Optional facts and repetitions count neither way. The
full scorer, with looser and stricter levels, belongs to the set that the labels are shaped after.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from bilat.reading.gold import as_gold
from bilat.reading.original import Original
from bilat.reading.reader import read_text

GOLD = Path(__file__).parent / "gold"
NUMERIC = ("target", "figure")
KEYS = {
    "contact": "type",
    "document": "type",
    "project": "activity",
    "finance": "instrument",
    "exchange": "area",
}
Fact = Mapping[str, Any]


@dataclass
class Count:
    gold: int = 0
    proposed: int = 0
    matched: int = 0

    @property
    def precision(self) -> float:
        return self.matched / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        return self.matched / self.gold if self.gold else 1.0


@lru_cache(maxsize=1)
def records() -> tuple[dict[str, Any], ...]:
    lines = (GOLD / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines if line.strip())


def development() -> list[dict[str, Any]]:
    """The texts that the grammar was grown from."""
    return [record for record in records() if not is_held_out(record["id"])]


def held_out() -> list[dict[str, Any]]:
    return [record for record in records() if is_held_out(record["id"])]


def is_held_out(text_id: str) -> bool:
    """The even texts of the first set, and the last set: nothing is grown from them."""
    return text_id[0] == "p" or (text_id[0] == "g" and int(text_id[1:]) % 2 == 0)


@lru_cache(maxsize=256)
def facts_of(text_id: str) -> tuple[Fact, ...]:
    """What the reader proposes for one labelled text, given its parties and day."""
    record = next(record for record in records() if record["id"] == text_id)
    text = (GOLD / "texts" / f"{text_id}.txt").read_text(encoding="utf-8")
    published = date.fromisoformat(record["published"]) if record["published"] else None
    first, second = record["parties"]
    reading = read_text(Original(text_id, text), parties=(first, second), published=published)
    return tuple(as_gold(reading, text_id)["facts"])


def counts(which: Iterable[Mapping[str, Any]]) -> dict[str, Count]:
    out: dict[str, Count] = {}
    for record in which:
        for kind in (*NUMERIC, *KEYS):
            found = [fact for fact in facts_of(record["id"]) if fact["kind"] == kind]
            _add(out.setdefault(kind, Count()), found, record, kind)
    return out


def not_facts_proposed(which: Iterable[Mapping[str, Any]]) -> tuple[int, int]:
    """How many of the tempting numbers were proposed, and of how many proposals."""
    wrong = total = 0
    for record in which:
        right = [*record["facts"], *record.get("optional_facts", ())]
        for fact in facts_of(record["id"]):
            total += 1
            if fact["kind"] in NUMERIC and not any(_same_number(fact, one) for one in right):
                wrong += any(_same_number(fact, one) for one in record["not_facts"])
    return wrong, total


def _add(count: Count, found: list[Fact], record: Mapping[str, Any], kind: str) -> None:
    gold = [fact for fact in record["facts"] if fact["kind"] == kind]
    free = list(gold)
    count.gold += len(gold)
    for fact in found:
        match = next((one for one in free if _matches(fact, one)), None)
        if match is not None:
            free.remove(match)
            count.matched += 1
            count.proposed += 1
        elif not _counts_neither_way(fact, gold, record):
            count.proposed += 1


def _counts_neither_way(fact: Fact, gold: list[Fact], record: Mapping[str, Any]) -> bool:
    return any(_matches(fact, one) for one in (*gold, *record.get("optional_facts", ())))


def _matches(fact: Fact, gold: Fact) -> bool:
    if fact["kind"] != gold["kind"]:
        return False
    if gold["kind"] in NUMERIC:
        same = ("by", "horizon_years", "period")
        return _same_number(fact, gold) and all(
            gold.get(name) is None or fact.get(name) == gold[name] for name in same
        )
    key = KEYS[gold["kind"]]
    alike = fact.get(key) == gold.get(key) or (
        key == "activity" and fact.get("product") == gold.get("product")
    )
    return alike and (fact["quote"] in gold["quote"] or gold["quote"] in fact["quote"])


def _same_number(fact: Fact, gold: Fact) -> bool:
    if fact.get("value") is not None and gold.get("value") is not None:
        return bool(abs(fact["value"] - gold["value"]) <= 0.005 * abs(gold["value"]))
    mine, theirs = _growth(fact), _growth(gold)
    return mine is not None and theirs is not None and abs(mine - theirs) <= 0.5


def _growth(fact: Fact) -> float | None:
    if fact.get("growth_pct") is not None:
        return float(fact["growth_pct"])
    multiple = fact.get("multiple")
    return None if multiple is None else (float(multiple) - 1) * 100
