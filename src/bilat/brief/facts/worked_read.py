"""Whether a measure worked, from where its trade is told: a warehouse, or a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bilat.brief.facts.analysis import files
from bilat.brief.facts.potential import SOURCE, source_of
from bilat.brief.facts.worked import WorkedFacts, worked_facts
from bilat.language import Message, say
from bilat.potential.measured import Case, Compared, compare
from bilat.potential.measured_source import Read, read_exporter, read_file
from bilat.potential.measures_in_force import InForce

if TYPE_CHECKING:
    from bilat.warehouse import Warehouse

Sides = tuple[str, str]


def worked_from_file(measure: InForce, sides: Sides, panel: Path, day: date) -> WorkedFacts:
    """Raises NoAnswer or InputRefused."""
    read = read_file(panel, by_product=any(case.products for case in measure.cases))
    found = [compare(case, read.rows, day.year - 1) for case in measure.cases]
    return worked_facts(
        measure,
        sides,
        found,
        as_of=day,
        data=panel.name,
        notes=[say("Trade as {file} gives it.", file=panel.name)],
        sources=(files(panel)[0].model_copy(update={"id": SOURCE}),),
    )


def worked_from_warehouse(
    measure: InForce, sides: Sides, warehouse: Warehouse, day: date, dataset: str | None = None
) -> WorkedFacts:
    """Raises NoAnswer."""
    found: list[Compared] = []
    notes: list[Message] = []
    for case in measure.cases:
        read, span = read_exporter(warehouse, case, as_of=day, dataset=dataset)
        found.append(compare(case, read.rows, _last(read, case, day)))
        notes += _whose(read, case)
    return worked_facts(
        measure,
        sides,
        found,
        as_of=day,
        data=span.dataset,
        notes=notes,
        sources=(source_of(span),),
    )


def _last(read: Read, case: Case, day: date) -> int:
    """Where partners report, the importer's last report: others' come earlier or later."""
    if read.reports != "importers":
        return day.year - 1
    own = (row[3] for row in read.rows if row[1] == case.importer)
    return min(max(own), day.year - 1)


def _whose(read: Read, case: Case) -> Sequence[Message]:
    whose = (
        say("Exports of {exporter} as the importers report them (CIF).", exporter=case.exporter)
        if read.reports == "importers"
        else say("Exports of {exporter} as it reports them.", exporter=case.exporter)
    )
    if len(read.editions) < 2:
        return (whose,)
    mixed = say(
        "Exports of {exporter} are told in several editions of the HS ({editions}): codes that "
        "changed between them may look like an effect, or hide one.",
        exporter=case.exporter,
        editions=", ".join(read.editions),
    )
    return whose, mixed
