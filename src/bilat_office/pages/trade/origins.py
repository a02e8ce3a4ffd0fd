"""Where figures come from: source, publisher, version, and who loaded it when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bilat.brief.facts.source import SourceFact
from bilat.trade.observed import source_id
from bilat_office.jobs.models import DONE
from bilat_office.jobs.selectors import jobs_seen
from bilat_office.pages.addresses import address_of
from bilat_office.pages.trade.statistics import has_warehouse, loads
from bilat_office.pages.visit import Visit


@dataclass(frozen=True)
class Loaded:
    """One load of a dataset's version. person: where someone of the reader's own side asked."""

    when: Any
    rows: int
    person: str


@dataclass(frozen=True)
class Origin:
    """A source as the page shows it. address: of its record, for one that was entered."""

    source: SourceFact
    address: str
    loads: tuple[Loaded, ...]


def origins(visit: Visit, found: Iterable[SourceFact], entered: Iterable[str]) -> list[Origin]:
    """entered: ids of the sources that are records of the programme."""
    known = set(entered)
    sources = list(found)
    loaded = _loaded(visit) if any(item.id not in known for item in sources) else {}
    return [
        Origin(
            item,
            address_of("sources", item.id) if item.id in known else "",
            tuple(loaded.get(item.id, ())),
        )
        for item in sources
    ]


def _loaded(visit: Visit) -> dict[str, list[Loaded]]:
    """Source → its loads, the newest first; a person's name only of the reader's own side."""
    if not has_warehouse():
        return {}
    asked = {
        (job.arguments.get("dataset"), job.arguments.get("vintage")): job.person
        for job in jobs_seen(visit.viewer)
        .filter(kind="statistics", state=DONE)
        .select_related("person")
    }
    found: dict[str, list[Loaded]] = {}
    for commit in loads():
        if commit.operation != "load" or not commit.vintage:
            continue
        person = asked.get((commit.dataset, commit.vintage))
        source = source_id(commit.dataset, date.fromisoformat(commit.vintage))
        found.setdefault(source, []).append(
            Loaded(commit.when, commit.rows, person.name if person else "")
        )
    return found
