"""``bilat read``: a communiqué or protocol becomes proposals, each with the words it comes from."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from bilat.cli.problems import print_problems
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.errors import BilatError
from bilat.filing import Draft, file_all
from bilat.language import Words
from bilat.programme import Programme, open_programme
from bilat.reading.desk import Read, read_file
from bilat.reading.highlight import highlight
from bilat.reading.relation import Relation, relate
from bilat.reading.second_reader import ChatReader
from bilat.vocabulary import Period, is_country


@dataclass(frozen=True)
class Known:
    """What is known of a text from outside it: by an option, or by the index."""

    published: date | None = None
    parties: tuple[str, str] | None = None


def _parties(
    ctx: click.Context, parameter: click.Parameter, value: str | None
) -> tuple[str, str] | None:
    codes = tuple(code.strip().upper() for code in value.split(",")) if value else ()
    if not codes:
        return None
    if len(codes) != 2 or codes[0] == codes[1] or not all(map(is_country, codes)):
        raise click.BadParameter(_("two country codes with a comma: BLR,KGZ"))
    return codes[0], codes[1]


def _index(
    ctx: click.Context, parameter: click.Parameter, value: Path | None
) -> Mapping[str, Known]:
    """One JSON object a line, with ``id`` (the stem of the file), ``published``, ``parties``."""
    if value is None:
        return {}
    found = {}
    for number, line in enumerate(value.read_text(encoding="utf-8").splitlines(), 1):
        try:
            data = json.loads(line) if line.strip() else None
            if data is None:
                continue
            day, parties = data.get("published"), data.get("parties")
            found[str(data["id"])] = Known(
                date.fromisoformat(day) if day else None,
                (parties[0], parties[1]) if parties else None,
            )
        except (ValueError, TypeError, KeyError, IndexError, AttributeError):
            text = _("line {n}: not an object with id, published and parties", n=number)
            raise click.BadParameter(text) from None
    return found


@click.command("read", help=_("Read texts, and propose records with the words they come from."))
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--programme",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help=_("Compare with this programme: what is new, repeated, updated, contradicted?"),
)
@click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help=_("The day of publication; “this year” is counted from it."),
)
@click.option(
    "--parties",
    callback=_parties,
    metavar="BLR,KGZ",
    help=_("The two countries; those of the programme, or found in the text, by default."),
)
@click.option("--json", "as_json", is_flag=True, help=_("The same as --format json."))
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json", "gold")),
    default="table",
    show_default=True,
    help=_("gold: one line of JSON a text, as the labelled texts are written."),
)
@click.option(
    "--index",
    callback=_index,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=_("JSON lines with id (the file's stem), published and parties, where known."),
)
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help=_("Write a page with the quotes marked in the text; for several files, a folder."),
)
@click.option("--save", is_flag=True, help=_("Keep text and proposals in the folder, for review."))
@click.option("--side", metavar="CODE", help=_("The side for which the text as a whole speaks."))
@click.option(
    "--second-reader",
    "with_second",
    is_flag=True,
    help=_("Ask the language model of BILAT_READER_ADDRESS, too; the text is sent there."),
)
@click.pass_context
def command(
    context: click.Context,
    files: tuple[Path, ...],
    folder: Path | None,
    published: datetime | None,
    parties: tuple[str, str] | None,
    as_json: bool,
    form: str,
    index: Mapping[str, Known],
    page: Path | None,
    save: bool,
    side: str | None,
    with_second: bool,
) -> None:
    words = Words(reader_language())
    programme = open_programme(folder) if folder else None
    _refuse(programme, parties, save=save, side=side)
    second = ChatReader.from_environment(os.environ) if with_second else None
    given = Known(published.date() if published else None, parties)
    results = list(_read(files, given, index, programme, second, words))
    for result in results:
        print_problems(result.read.notes, words)
    _print(results, "json" if as_json else form, words)
    if page:
        _write_pages(results, page, words, several=len(files) > 1)
    if save and folder:
        from bilat.cli.read_save import keep

        for result in results:
            keep(result.read, folder, side, words)
    context.exit(0 if len(results) == len(files) else 2)


@dataclass(frozen=True)
class Result:
    """A file, its reading, and how each proposal stands to the programme (None: not asked)."""

    path: Path
    read: Read
    relations: tuple[Relation | None, ...]


def _read(
    files: tuple[Path, ...],
    given: Known,
    index: Mapping[str, Known],
    programme: Programme | None,
    second: ChatReader | None,
    words: Words,
) -> Iterator[Result]:
    """Each file that can be read; of the others the reason is told, and they are left out."""
    sides = programme.sides if programme else None
    with _progress(files) as progress:
        for path in files:
            known = index.get(path.stem, Known())
            try:
                read = read_file(
                    path,
                    parties=sides or known.parties or given.parties,
                    published=known.published or given.published,
                    second=second,
                    progress=progress(path),
                )
            except BilatError as error:
                click.echo(words(error.message), err=True)
                continue
            yield Result(path, read, _relations(read, programme))


def _refuse(
    programme: Programme | None, parties: tuple[str, str] | None, *, save: bool, side: str | None
) -> None:
    if programme and parties and set(parties) != set(programme.sides):
        text = _("the programme is about {sides}; leave --parties out", sides=programme.sides)
        raise click.UsageError(text)
    if save and programme is None:
        raise click.UsageError(_("--save needs a folder: name one with --programme"))
    if side and programme and side not in programme.sides:
        known = " ".join(programme.sides)
        raise click.UsageError(
            _("“{side}” is no party; there are: {known}", side=side, known=known)
        )


def _relations(read: Read, programme: Programme | None) -> tuple[Relation | None, ...]:
    proposals = read.reading.proposals
    if programme is None:
        return (None,) * len(proposals)
    day = read.opened.original.published
    stated = Period(day, day) if day else None
    language = read.reading.language
    return tuple(
        relate(proposal, programme, stated=stated, language=language) for proposal in proposals
    )


@contextmanager
def _progress(files: tuple[Path, ...]) -> Iterator[Callable[[Path], Callable[[int, int], None]]]:
    """On a terminal: a bar over the pages of a long file, and one over the files."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns: list[Any] = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()]
    console = Console(stderr=True)
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with bar:
        task = bar.add_task("", total=None)
        over = bar.add_task(_("files"), total=len(files), visible=len(files) > 1)
        done = iter(range(len(files)))

        def begin(path: Path) -> Callable[[int, int], None]:
            bar.update(over, completed=next(done))
            bar.reset(task, description=path.name, total=None)
            return turned

        def turned(page: int, pages: int) -> None:
            """After the last page the text is read, for which there is no count."""
            if page < pages:
                bar.update(task, completed=page, total=pages)
            else:
                bar.reset(task, description=_("reading"), total=None)

        yield begin


def _print(results: list[Result], form: str, words: Words) -> None:
    if form == "gold":
        from bilat.reading.gold import as_gold

        for result in results:
            click.echo(
                json.dumps(as_gold(result.read.reading, result.path.stem), ensure_ascii=False)
            )
    elif form == "json":
        from bilat.cli.read_json import as_data

        data = [as_data(result.path, result.read, result.relations, words) for result in results]
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        from bilat.cli.read_table import show

        for result in results:
            show(result.path.name, result.read.reading, result.relations, words)


def _write_pages(results: list[Result], page: Path, words: Words, *, several: bool) -> None:
    into = several or page.is_dir()
    drafts = []
    for result in results:
        path = page / f"{result.path.stem}.html" if into else page
        text = highlight(result.read.opened.original, result.read.reading, words, result.relations)
        drafts.append(Draft(path, text.encode("utf-8", "replace")))
    for path in file_all(drafts):
        click.echo(path, err=True)
