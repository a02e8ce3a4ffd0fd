"""Codes of several editions of the Harmonized System, so that none is compared with another's.

With the UN's correlation tables all codes are brought to the oldest edition in which a hundredth of
the trade is told: from a newer to an older one most codes merge, and few have to be shared out.
Without them only codes that stand in every edition remain, and a problem says what was left out.
Chapters (two digits) are hardly touched by a new edition, and remain as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from bilat.errors import NoAnswer, Place, Problem
from bilat.language import Message, say
from bilat.sources.concordance import EDITIONS, Concordance
from bilat.sources.shares import CATCH_ALL, Share

if TYPE_CHECKING:
    from datetime import date

    from bilat.warehouse import Warehouse
    from bilat.warehouse.span import Span

MARK = 2
"""Letters of an edition before a code: ``H6870110``."""
CHAPTER = 2
COUNTS = 0.01
"""Share of the trade from which on an edition may be the one that all are brought to."""
NAMED = 8
Parts = tuple[tuple[str, float], ...]
"""Codes, and the share of the value that goes to each."""


@dataclass(frozen=True)
class OneEdition:
    """What becomes of each code. edition: which one all are in; empty where each stays in its own.

    parts: edition and code → where it goes; none for one that is left out. by_edition: False where
    there is one edition, and nothing to be done. problems: what is not compared; notes: what was
    done.
    """

    edition: str = ""
    parts: Mapping[str, Parts] = field(default_factory=dict)
    by_edition: bool = False
    problems: tuple[Problem, ...] = ()
    notes: tuple[Message, ...] = ()

    def of(self, edition: str, code: str) -> Parts:
        """Of one code; an edition of nothing but this one stays as it is."""
        return self.parts.get(edition + code, ()) if self.by_edition else ((code, 1.0),)

    def carried(self, table: Any, digits: int) -> Any:
        """A table of the warehouse ``by_edition``: its columns of dollars and kilograms shared out
        and added up, the products at ``digits`` digits."""
        import pyarrow as pa
        import pyarrow.compute as pc

        known = [code for code, parts in self.parts.items() if parts]
        table = table.filter(pc.is_in(table["product"], value_set=pa.array(known, pa.string())))
        at = pc.index_in(table["product"], value_set=pa.array(known, pa.string()))
        rows, part = _spread(at.to_numpy(), [len(self.parts[code]) for code in known])
        flat = [one for code in known for one in self.parts[code]]
        made = table.take(pa.array(rows, pa.int64()))
        share = pa.array(np.array([one for _code, one in flat], dtype=float)[part], pa.float64())
        cut = np.array([code[:digits] for code, _one in flat], dtype=object)
        code = pa.array(cut[part], pa.string())
        made = made.set_column(made.schema.get_field_index("product"), "product", code)
        sums = [one.name for one in made.schema if pa.types.is_floating(one.type)]
        for name in sums:
            place = made.schema.get_field_index(name)
            made = made.set_column(place, name, pc.multiply(made[name], share))
        keys = [name for name in made.column_names if name not in sums]
        found = made.group_by(keys, use_threads=False).aggregate([(name, "sum") for name in sums])
        named = [name.removesuffix("_sum") for name in found.column_names]
        return found.rename_columns(named).select(table.column_names)


def _spread(at: Any, lengths: Sequence[int]) -> tuple[Any, Any]:
    """Each row once for each of its parts → the row's place, and that of the part among all."""
    lengths_of = np.array(lengths, dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths_of)])[:-1]
    at = np.asarray(at, dtype=np.int64)
    counts = lengths_of[at]
    rows = np.repeat(np.arange(len(at)), counts)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    return rows, starts[at[rows]] + within


SAME = OneEdition()


def is_mixed(warehouse: Warehouse, span: Span, since: date, until: date) -> bool:
    """Whether yearly reports by six-digit product of these years are in several editions."""
    told = warehouse.editions(span=span, since=since, until=until)["edition"].to_pylist()
    return len(set(told) & set(EDITIONS)) > 1


def one_edition(
    table: Any, value: str, digits: int, concordance: Concordance | None, dataset: str
) -> OneEdition:
    """table: of the warehouse ``by_edition``, with the columns year, product and ``value``.

    Raises NoAnswer where the concordance lacks a step between two editions, or where no code stands
    in all of them.
    """
    told = _told(table, value)
    if concordance is not None:
        return _converted(told, concordance, dataset)
    if digits <= CHAPTER:
        parts = {mark: ((mark[MARK:], 1.0),) for mark in told.worth}
        return OneEdition("", parts, True, (), (_as_they_are(told, dataset),))
    return _common(told, digits, dataset)


@dataclass(frozen=True)
class _Told:
    """worth: edition and code → dollars. years: of each edition."""

    worth: Mapping[str, float]
    years: Mapping[str, tuple[int, ...]]

    @property
    def editions(self) -> list[str]:
        return [one for one in EDITIONS if one in self.years]

    @property
    def total(self) -> float:
        return sum(self.worth.values()) or 1.0

    def spans(self) -> str:
        """``H5: 2019–2021; H6: 2022, 2023``."""
        return "; ".join(f"{one}: {_spans(self.years[one])}" for one in self.editions)


def _told(table: Any, value: str) -> _Told:
    worth: dict[str, float] = defaultdict(float)
    years: dict[str, set[int]] = defaultdict(set)
    columns = (table[name].to_pylist() for name in ("year", "product", value))
    for year, mark, dollars in zip(*columns, strict=True):
        if mark[:MARK] in EDITIONS:
            worth[mark] += dollars or 0.0
            years[mark[:MARK]].add(year)
    return _Told(worth, {one: tuple(sorted(found)) for one, found in years.items()})


def _spans(years: Sequence[int]) -> str:
    """``2019–2021, 2023``."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _common(told: _Told, digits: int, dataset: str) -> OneEdition:
    """What stands in every edition, at the digits asked for; the rest is left out and told."""
    codes = {one: set[str]() for one in told.editions}
    for mark in told.worth:
        codes[mark[:MARK]].add(mark[MARK:][:digits])
    shared = set.intersection(*codes.values())
    parts: dict[str, Parts] = {}
    lost: dict[str, float] = defaultdict(float)
    for mark, dollars in told.worth.items():
        code = mark[MARK:]
        if code[:digits] in shared:
            parts[mark] = ((code, 1.0),)
        else:
            lost[code[:digits]] += dollars
    problem = _not_compared(told, lost, dataset)
    if not shared:
        raise NoAnswer(say("{what}. {remedy}", what=problem.what, remedy=problem.remedy))
    return OneEdition("", parts, True, (problem,))


def _not_compared(told: _Told, lost: Mapping[str, float], dataset: str) -> Problem:
    said = {"dataset": dataset, "editions": told.spans()}
    what = (
        say(
            "{dataset} is in several editions of the HS ({editions}). Products that stand in some "
            "of them only are left out: {codes}; {share} of the trade. Others may have changed "
            "their meaning",
            codes=_list(lost),
            share=f"{sum(lost.values()) / told.total:.1%}",
            **said,
        )
        if lost
        else say(
            "{dataset} is in several editions of the HS ({editions}). Every product stands in all "
            "of them, but some may have changed their meaning",
            **said,
        )
    )
    remedy = say(
        "Give the UN’s correlation tables, by which codes are brought to one edition: "
        "--concordance FILE, or hs-correlations.csv in the office’s data folder. Or look at "
        "chapters (2 digits)"
    )
    return Problem(Place(dataset), what, remedy, "warning")


def _as_they_are(told: _Told, dataset: str) -> Message:
    return say(
        "{dataset} is in several editions of the HS ({editions}); chapters are compared as they "
        "are.",
        dataset=dataset,
        editions=told.spans(),
    )


def _converted(told: _Told, concordance: Concordance, dataset: str) -> OneEdition:
    from bilat.sources.editions import over_all_steps  # with Arrow

    edition = _target(told)
    ways = {
        one: over_all_steps(one, edition, concordance, None)
        for one in told.editions
        if one != edition
    }
    parts: dict[str, Parts] = {}
    lost: dict[str, float] = defaultdict(float)
    guessed = 0.0
    for mark, dollars in told.worth.items():
        own, code = mark[:MARK], mark[MARK:]
        parts[mark] = _parts(ways[own].get(code, []), code) if own in ways else ((code, 1.0),)
        if own in ways and len(ways[own].get(code, [])) > 1:
            guessed += dollars if parts[mark] else 0.0
        if not parts[mark] and code.isdigit():
            lost[code] += dollars
    note = say(
        "{dataset} is in several editions of the HS ({editions}). All codes were brought to "
        "{edition} by the UN’s correlation tables; {share} of the trade in codes that split was "
        "shared out equally.",
        dataset=dataset,
        editions=told.spans(),
        edition=edition,
        share=f"{guessed / told.total:.1%}",
    )
    return OneEdition(edition, parts, True, tuple(_untold(told, lost, dataset, edition)), (note,))


def _parts(found: Sequence[Share], code: str) -> Parts:
    """A code that takes from very many, as display modules do from every machine, stays what it is
    where the other edition has it, and is left out where it has not: shares of it say nothing."""
    if len(found) <= CATCH_ALL:
        return tuple((one.target, one.share) for one in found)
    return ((code, 1.0),) if any(one.target == code for one in found) else ()


def _target(told: _Told) -> str:
    """The oldest edition in which enough is told."""
    amounts = {
        one: sum(value for mark, value in told.worth.items() if mark[:MARK] == one)
        for one in told.editions
    }
    enough = [one for one in told.editions if amounts[one] >= COUNTS * told.total]
    return (enough or told.editions)[0]


def _untold(
    told: _Told, lost: Mapping[str, float], dataset: str, edition: str
) -> Iterable[Problem]:
    if lost:
        yield Problem(
            Place(dataset),
            say(
                "the correlation tables do not say what these codes are in {edition}, and they are "
                "left out: {codes}; {share} of the trade ({editions})",
                edition=edition,
                codes=_list(lost),
                share=f"{sum(lost.values()) / told.total:.1%}",
                editions=told.spans(),
            ),
            say("See whether the lines stand under the right edition"),
            "warning",
        )


def _list(lost: Mapping[str, float]) -> str:
    """The largest first."""
    codes = sorted(lost, key=lambda code: (-lost[code], code))
    more = f" … (+{len(codes) - NAMED})" if len(codes) > NAMED else ""
    return ", ".join(codes[:NAMED]) + more
