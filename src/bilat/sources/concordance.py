"""The UN's correlation tables between adjacent editions of the Harmonized System."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from bilat.errors import NoAnswer
from bilat.language import say

EDITIONS = ("H0", "H1", "H2", "H3", "H4", "H5", "H6")
YEARS = dict(zip((1992, 1996, 2002, 2007, 2012, 2017, 2022), EDITIONS, strict=True))
DIGITS = 6

Link = tuple[str, str]
"""A code of one edition and one of another that share goods."""
Step = tuple[str, str]
"""Two adjacent editions, in the direction of travel."""


@dataclass(frozen=True)
class Concordance:
    """pairs: (older edition, newer edition) → links (older code, newer code)."""

    pairs: Mapping[Step, frozenset[Link]]

    def targets(self, step: Step) -> Mapping[str, tuple[str, ...]]:
        """Code → the codes of the next edition that share goods with it, in order."""
        return self._targets.get(step, {})

    @cached_property
    def _targets(self) -> dict[Step, dict[str, tuple[str, ...]]]:
        found: dict[Step, dict[str, tuple[str, ...]]] = {}
        for (older, newer), links in self.pairs.items():
            found[older, newer] = _grouped(links)
            found[newer, older] = _grouped((after, before) for before, after in links)
        return found

    def way(self, start: str, end: str) -> list[Step]:
        """The steps from one edition to another. Raises NoAnswer where a table is missing."""
        for edition in (start, end):
            if edition not in EDITIONS:
                raise NoAnswer(
                    say(
                        "“{edition}” is no edition of the HS; they are {editions}",
                        edition=edition,
                        editions=", ".join(EDITIONS),
                    )
                )
        first, last = EDITIONS.index(start), EDITIONS.index(end)
        if first <= last:
            steps = list(pairwise(EDITIONS[first : last + 1]))
        else:
            steps = list(pairwise(reversed(EDITIONS[last : first + 1])))
        for step in steps:
            if step not in self._targets:
                raise NoAnswer(
                    say(
                        "the concordance has no table between {first} and {second}. Load one that "
                        "has it",
                        first=step[0],
                        second=step[1],
                    )
                )
        return steps


def _grouped(links: Iterable[Link]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for source, target in links:
        groups[source].add(target)
    return {source: tuple(sorted(codes)) for source, codes in groups.items()}


def read_concordance(path: Path | str) -> Concordance:
    """From a CSV with ``code.after, code.before, Relationship, adjustment`` (“2022 to 2017”).

    Codes that lost their leading zeros get them back; tables between SITC revisions are left out.
    """
    if not Path(path).is_file():
        raise NoAnswer(say("{file}: there is no such file", file=str(path)))
    pairs: dict[Step, set[Link]] = defaultdict(set)
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                newer, older = (YEARS.get(int(year)) for year in row["adjustment"].split(" to "))
                before, after = (row[name].zfill(DIGITS) for name in ("code.before", "code.after"))
            except (KeyError, ValueError) as error:
                raise NoAnswer(
                    say(
                        "{file}:{line}: no correlation can be read here: {why}",
                        file=Path(path).name,
                        line=number,
                        why=str(error),
                    )
                ) from None
            if older and newer:
                pairs[older, newer].add((before, after))
    return Concordance({step: frozenset(links) for step, links in pairs.items()})
