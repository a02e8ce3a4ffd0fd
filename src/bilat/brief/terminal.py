"""The essentials of a brief on one screen of a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table as RichTable
from rich.text import Text

from bilat.brief.formats.output import Output
from bilat.brief.formats.publication import Publication
from bilat.brief.story.blocks import KeyFigures, Numbered, Paragraph, Table, Tone
from bilat.language import Words, say
from bilat.vocabulary import Unit

if TYPE_CHECKING:
    from bilat.brief.brief import Brief
    from bilat.brief.facts.targets import TargetFact

STYLES: dict[Tone | None, str] = {
    "bad": "bold red",
    "warn": "yellow",
    "good": "green",
    "quiet": "dim",
    None: "",
}
PRINTED_ROWS = 6
PLOT_HEIGHT = 15
GAP = 2
"""Blanks between the columns of a table."""
LONGEST_WORD, NAMES = 14, 2
"""Letters of a word that stay together; columns of words that each part of a wide table repeats."""
HISTORY_YEARS = 14


def show(output: Output, console: Console) -> None:
    """Print the answer, the plot, what to decide, and the tables that carry them."""
    story, words = output.story, output.words
    console.print()
    console.print(Text(words.show(story.title), style="bold"))
    console.print(Text(words(story.subtitle), style="dim"))
    for block in story.sections[0].blocks:
        for part in _block(output, block):
            console.print(part)
    if output.brief.targets and output.brief.targets[0].history:
        console.print(Text("\n" + _title(output), style="bold"))
        console.print(Text.from_ansi(plot(output.brief, words, min(console.width, 100))))
    show_tables(output, console, PRINTED_ROWS)


def show_story(output: Publication, console: Console, most: int = PRINTED_ROWS * 4) -> None:
    """Every block of a short story but its charts, with ``most`` rows of each table."""
    story, words = output.story, output.words
    console.print()
    console.print(Text(words.show(story.title), style="bold"))
    console.print(Text(words(story.subtitle), style="dim"))
    for section in story.sections:
        if section.anchor in ("assumptions", "sources"):
            continue
        for block in section.blocks:
            if isinstance(block, Table):
                console.print()
                console.print(_table(output, block, most, console.width))
            for part in _block(output, block):
                console.print(part)


def show_tables(output: Publication, console: Console, most: int) -> None:
    """The tables of a story that belong on a screen, ``most`` rows of each, and their sources."""
    for table in output.story.tables():
        if table.essential and table.rows:
            console.print(_table(output, table, most, console.width))
    if output.facts.sources:
        console.print(_sources(output))


def _title(output: Output) -> str:
    """The unit of the plot, above it."""
    target = output.brief.targets[0]
    return output.words(
        say(
            "{title}, {unit}, and the even path to each date of the target",
            title=target.indicator_title,
            unit=Unit.parse(target.display_unit),
        )
    )


def plot(brief: Brief, words: Words, width: int) -> str:
    """Both sides' yearly values and the even paths to the target, as terminal text."""
    import plotext as plt

    target = brief.targets[0]
    scale = Unit.parse(target.display_unit).scale
    plt.clear_figure()
    plt.theme("clear")
    plt.plot_size(width, PLOT_HEIGHT)
    for side, colour in zip(brief.sides, ("blue", "red"), strict=True):
        years, levels = _history(target, side.code, scale)
        if years:
            plt.plot(years, levels, marker="braille", color=colour, label=words(side.name))
    goal = float(target.value) / scale
    ends = sorted({item.deadline for item in target.announcements if item.deadline})
    for years, levels in _paths(target, scale):
        plt.plot(years, levels, marker="·")
    if ends:
        plt.scatter(ends, [goal] * len(ends), marker="◆", label=words(say("target")))
    plt.ylim(0, goal * 1.15)
    steps = [goal * quarter / 4 for quarter in range(5)]
    plt.yticks(steps, [words.number(round(step, 1)) for step in steps])
    ticks = sorted({year for year in _all_years(target) if year % 5 == 0} | set(ends))
    plt.xticks(ticks, [str(year) for year in ticks])
    return str(plt.build()).rstrip()


def _all_years(target: TargetFact) -> range:
    years = [level.period.start.year for level in target.history]
    last = max([*years, *(item.deadline or 0 for item in target.announcements)])
    return range(max(min(years), max(years) - HISTORY_YEARS), last + 1)


def _history(target: TargetFact, side: str, scale: int) -> tuple[list[int], list[float]]:
    first = _all_years(target).start
    points = [
        (level.period.start.year, float(level.value) / scale)
        for level in target.history
        if level.side == side and level.period.start.year >= first
    ]
    return [year for year, _ in points], [value for _, value in points]


def _paths(target: TargetFact, scale: int) -> Iterator[tuple[list[int], list[float]]]:
    """Compound growth from the first baseline of each date."""
    seen: set[int] = set()
    for item in target.announcements:
        usable = [path for path in item.paths if path.required_growth is not None]
        if item.deadline is None or item.deadline in seen or not usable:
            continue
        seen.add(item.deadline)
        path = usable[0]
        start, level = path.baseline.period.start.year, float(path.baseline.value) / scale
        years = list(range(start, item.deadline + 1))
        growth = 1 + (path.required_growth or 0)
        yield years, [level * growth ** (year - start) for year in years]


def _block(output: Publication, block: object) -> Iterator[RenderableType]:
    words = output.words
    if isinstance(block, Paragraph):
        text = Text(words.show(block.text), style="bold" if block.lead else STYLES[block.tone])
        yield text if block.lead else Panel(text, expand=False, border_style=STYLES[block.tone])
    elif isinstance(block, KeyFigures):
        grid = RichTable.grid(padding=(0, 2))
        for item in block.items:
            value = Text(words.show(item.value), style=STYLES[item.tone] or "bold")
            grid.add_row(value, _cited(output, words(item.meaning), item.sources))
        yield grid
    elif isinstance(block, Numbered):
        grid = RichTable.grid(padding=(0, 1))
        for number, entry in enumerate(block.items, start=1):
            body = Text(words.show(entry.title), style="bold")
            if entry.reason is not None:
                body.append(f"\n{words.show(entry.reason)}", style="not bold dim")
            grid.add_row(f"{number}.", body)
        yield grid


def _table(output: Publication, table: Table, most: int, width: int) -> RenderableType:
    """The table; where its numbers do not fit side by side, one below the other in parts that each
    repeat what the rows are."""
    parts = _parts(output, table, most, width)
    if len(parts) == 1:
        return _columns(output, table, most, parts[0], width)
    tables = [_columns(output, table, most, part, width) for part in parts]
    return Group(*(piece for one in tables for piece in (one, Text())))


def _widest(output: Publication, table: Table, most: int) -> list[int]:
    """Letters of each column's longest value, with the numbers of its sources."""
    shown = [*table.rows[:most], *filter(None, [table.total])]
    words = output.words.for_tables
    return [
        max(
            (len(_cited(output, words.show(cell.value), cell.sources)) for cell in cells),
            default=0,
        )
        for cells in ([line[index] for line in shown] for index in range(len(table.columns)))
    ]


def _least(output: Publication, table: Table, most: int) -> list[int]:
    """Letters that each column needs: numbers whole, of words the longest."""
    words = output.words.for_tables
    found = []
    for index, widest in enumerate(_widest(output, table, most)):
        column = table.columns[index]
        whole = column.numeric or column.whole
        texts = [words(column.title)]
        if not whole:
            texts += [words.show(line[index].value) for line in table.rows[:most]]
        parts = [min(len(part), LONGEST_WORD) for text in texts for part in text.split()]
        found.append(max([widest if whole else 0, *parts]))
    return found


def _parts(output: Publication, table: Table, most: int, width: int) -> list[list[int]]:
    """The columns of each part: a number that is broken in two reads as two numbers."""
    least, every = _least(output, table, most), list(range(len(table.columns)))
    if sum(least) + GAP * len(least) <= width:
        return [every]
    names = [index for index in every if not table.columns[index].numeric][:NAMES]
    room = width - sum(least[index] + GAP for index in names)
    parts, used = [list(names)], 0
    for index in (one for one in every if one not in names):
        used += least[index] + GAP
        if used > room and len(parts[-1]) > len(names):
            parts.append(list(names))
            used = least[index] + GAP
        parts[-1].append(index)
    return [sorted(part) for part in parts]


def _widths(
    output: Publication, table: Table, most: int, chosen: list[int], width: int
) -> dict[int, int]:
    """Letters of each column: what it needs, and of the rest so many that rows stay low."""
    words = output.words.for_tables
    least, cells = _least(output, table, most), _widest(output, table, most)
    titles = [len(words(column.title)) for column in table.columns]
    widest = [max(pair) for pair in zip(cells, titles, strict=True)]
    found = {index: least[index] for index in chosen}
    for _letter in range(width - sum(found.values()) - GAP * len(chosen)):
        lower = max(chosen, key=lambda index: widest[index] / max(found[index], 1))
        if widest[lower] <= found[lower]:
            break
        found[lower] += 1
    return found


def _columns(
    output: Publication, table: Table, most: int, chosen: list[int], width: int
) -> RichTable:
    words = output.words.for_tables
    rich = RichTable(title=words(table.title), title_justify="left", title_style="bold", box=None)
    widths = _widths(output, table, most, chosen, width)
    for index in chosen:
        column = table.columns[index]
        rich.add_column(
            words(column.title),
            justify="right" if column.numeric else "left",
            width=widths[index],
            overflow="fold",
            header_style="dim",
        )
    for line in table.rows[:most]:
        cells = [line[index] for index in chosen]
        rich.add_row(
            *(
                _cited(output, words.show(cell.value), cell.sources, STYLES[cell.tone])
                for cell in cells
            )
        )
    if table.total:
        total = [table.total[index] for index in chosen]
        rich.add_section()
        rich.add_row(*(Text(words.show(cell.value), style="bold") for cell in total))
    if len(table.rows) > most:
        rest = say("… and {n} more in the documents", n=len(table.rows) - most)
        rich.caption = words(rest)
        rich.caption_justify = "left"
    return rich


def _cited(output: Publication, text: str, sources: tuple[str, ...], style: str = "") -> Text:
    result = Text(text, style=style)
    for number in output.numbers(sources):
        result.append(f" [{number}]", style="dim not bold")
    return result


def _sources(output: Publication) -> Text:
    words = output.words
    text = Text(words(say("Sources")) + "\n", style="bold")
    for source in output.facts.sources:
        published = f", {words.show(source.published)}" if source.published else ""
        text.append(
            f"[{source.number}] {words.show(source.title)}. "
            f"{words.show(source.publisher)}{published}\n",
            style="not bold dim",
        )
    return text
