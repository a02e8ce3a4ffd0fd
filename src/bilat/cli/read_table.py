"""A reading on the terminal: what is proposed, by which words, who says it and how."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bilat.language import Words, say
from bilat.reading import telling
from bilat.reading.kept import named
from bilat.reading.proposal import Proposal, Reading
from bilat.reading.relation import Relation
from bilat.reading.second_reader import is_second

STYLES = {"new": "green", "repeats": "dim", "updates": "cyan", "contradicts": "bold red"}


def show(name: str, reading: Reading, relations: Sequence[Relation | None], words: Words) -> None:
    """One table a text, wrapped to the terminal, under a line that says what the text is."""
    console = Console(highlight=False)
    console.print(Text(f"{name}: {_about(reading, words)}", style="bold"))
    if not reading.proposals:
        console.print(words(say("Nothing was found to propose.")))
    else:
        console.print(_table(reading, relations, words))
    if reading.left:
        console.print(_left(reading, words), style="dim")


def _about(reading: Reading, words: Words) -> str:
    parts = [
        reading.language,
        " – ".join(reading.parties) if reading.parties else words(say("no two countries found")),
        words.show(reading.published) if reading.published else words(say("day unknown")),
        words(say("proposals: {n}", n=len(reading.proposals))),
    ]
    return ", ".join(parts)


def _table(reading: Reading, relations: Sequence[Relation | None], words: Words) -> Table:
    table = Table(show_lines=True, expand=True)
    table.add_column(words(say("Proposal")), ratio=4, overflow="fold")
    table.add_column(words(say("Quote")), ratio=6)
    table.add_column(words(say("Who, how")), ratio=3)
    compared = any(relations)
    if compared:
        table.add_column(words(say("In the programme")), ratio=4, overflow="fold")
    table.add_column(words(say("Sure")), justify="right", no_wrap=True)
    for kept, relation in zip(named(reading.proposals), relations, strict=True):
        cells = [*_cells(kept.id, kept.proposal, words)]
        if compared:
            cells.append(relation_text(relation, words))
        table.add_row(*cells, telling.confidence(kept.proposal, words))
    return table


def _cells(proposal_id: str, proposal: Proposal, words: Words) -> tuple[Text, Text, Text]:
    what = Text(words(telling.KINDS[proposal.kind]), style="bold")
    what.append(f"\n{telling.one_line(telling.headline(proposal, words))}", style="not bold")
    what.append(f"\n{proposal_id}", style="not bold dim")
    how = [
        telling.one_line(telling.speaker(proposal, words)),
        words(telling.MANNERS[proposal.manner]),
    ]
    if is_second(proposal):
        how.append(words(say("proposed by the second reader")))
    if proposal.optional:
        how.append(words(say("not essential")))
    return what, Text(telling.one_line(proposal.quote.text)), Text("\n".join(filter(None, how)))


def relation_text(relation: Relation | None, words: Words) -> Text:
    if relation is None:
        return Text("–")
    line = telling.one_line(telling.relation_line(relation, words))
    return Text(line, style=STYLES[relation.kind])


def _left(reading: Reading, words: Words) -> Text:
    items = [telling.one_line(telling.headline(item, words)) for item in reading.left]
    return Text(words(say("Recognised, and not proposed: {items}", items="; ".join(items))))
