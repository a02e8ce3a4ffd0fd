"""``bilat review``: accept, correct or reject what was read; accepted ones enter the folder."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from bilat.cli.problems import print_problems
from bilat.cli.reader import reader_language
from bilat.cli.words import translate as _
from bilat.errors import BilatError, ProgrammeInvalid
from bilat.language import Words, say, say_many
from bilat.programme import Programme, open_programme
from bilat.reading.kept import Kept, KeptProposal, readings
from bilat.reading.review import Signature, accept, answer, reject


def _answers(
    ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> dict[str, str]:
    found = {}
    for item in value:
        name, equals, text = item.partition("=")
        if not equals or not name.strip():
            raise click.BadParameter(_("“{item}”: write NAME=VALUE", item=item))
        found[name.strip()] = text.strip()
    return found


@click.command("review", help=_("Accept, correct or reject what bilat read --save has kept."))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--list", "listing", is_flag=True, help=_("List every proposal and its state."))
@click.option("--accept", "accepted", metavar="ID", multiple=True, help=_("Accept a proposal."))
@click.option("--reject", "rejected", metavar="ID", multiple=True, help=_("Reject a proposal."))
@click.option(
    "--answer",
    "answered",
    metavar="ID",
    help=_("Close the question that a contradiction opened; say the answer with --why."),
)
@click.option(
    "--set",
    "answers",
    metavar="NAME=VALUE",
    multiple=True,
    callback=_answers,
    help=_("With --accept: correct a field, or answer what the text does not say."),
)
@click.option("--why", metavar="TEXT", help=_("The reason of the decision."))
@click.option("--by", metavar="NAME", help=_("Who decides; the user of this machine by default."))
@click.option(
    "--visibility",
    default="joint",
    show_default=True,
    help=_("Of new records: joint, or the code of the one side that may see them."),
)
@click.option("--reading", "only", metavar="NAME", help=_("Only this kept text."))
@click.pass_context
def command(
    context: click.Context,
    folder: Path,
    listing: bool,
    accepted: tuple[str, ...],
    rejected: tuple[str, ...],
    answered: str | None,
    answers: dict[str, str],
    why: str | None,
    by: str | None,
    visibility: str,
    only: str | None,
) -> None:
    words = Words(reader_language())
    programme = open_programme(folder)  # its errors are told before anything is asked
    kept = _kept(folder, only)
    signed = Signed(by or _user(), why)
    if listing:
        _list(kept, words)
        return
    if accepted or rejected or answered:
        done = Scripted(folder, kept, signed, words, answers, visibility)
        status = done.run(accepted, rejected, answered)
        _tell_keys(programme, visibility, words)
        context.exit(status)
    from bilat.cli.review_keys import Session

    Session(folder, signed, words, visibility).run(kept)
    _tell_keys(programme, visibility, words)


def _tell_keys(programme: Programme, visibility: str, words: Words) -> None:
    """In a programme of two keys a folder is one side's word until both have signed."""
    if programme.keys == "two" and visibility == "joint":
        told = say(
            "This programme has two keys: what you accept is your side's text until the other side "
            "has signed it. Propose it with: bilat-office import {folder}",
            folder="FOLDER",
        )
        click.echo(words(told), err=True)


class Signed:
    """Who decides, and why; the time is taken at each decision."""

    def __init__(self, by: str, why: str | None = None) -> None:
        self.by = by
        self.why = why

    def now(self, why: str | None = None) -> Signature:
        on = datetime.now().astimezone().isoformat(timespec="seconds")
        return Signature(self.by, on, why or self.why)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        raise click.UsageError(_("say who decides, with --by NAME")) from None


def _kept(folder: Path, only: str | None) -> tuple[Kept, ...]:
    found = readings(folder)
    chosen = tuple(item for item in found if only in (None, item.name))
    if only and not chosen:
        known = ", ".join(item.name for item in found) or "–"
        raise click.UsageError(
            _("no kept text “{name}”; there are: {known}", name=only, known=known)
        )
    return chosen


class Scripted:
    """Decisions given as options, one after the other; what was refused does not stop the rest."""

    def __init__(
        self,
        folder: Path,
        kept: Sequence[Kept],
        signed: Signed,
        words: Words,
        answers: dict[str, str],
        visibility: str,
    ) -> None:
        self.folder = folder
        self.kept = {item.name: item for item in kept}
        self.signed = signed
        self.words = words
        self.answers = answers
        self.visibility = visibility
        self.failed = False

    def run(self, accepted: Sequence[str], rejected: Sequence[str], answered: str | None) -> int:
        for proposal_id in accepted:
            self._decide("accept", proposal_id)
        for proposal_id in rejected:
            self._decide("reject", proposal_id)
        if answered:
            self._decide("answer", answered)
        return 2 if self.failed else 0

    def _decide(self, what: str, proposal_id: str) -> None:
        kept = self._holder(proposal_id)
        try:
            if kept is None:
                text = _("there is no such proposal. See what is there with --list")
                raise click.UsageError(f"{proposal_id}: {text}")
            self.kept[kept.name] = self._done(what, kept, proposal_id)
        except BilatError as error:
            self.failed = True
            refuse(error, proposal_id, self.words)

    def _done(self, what: str, kept: Kept, proposal_id: str) -> Kept:
        signature = self.signed.now()
        if what == "reject":
            result = reject(self.folder, kept, proposal_id, signature)
            click.echo(self.words(say("{id}: rejected", id=proposal_id)))
        elif what == "answer":
            result = answer(self.folder, kept, proposal_id, signature)
            click.echo(self.words(say("{id}: answered", id=proposal_id)))
        else:
            result, _relation = accept(
                self.folder,
                kept,
                proposal_id,
                signature,
                answers=self.answers,
                visibility=self.visibility,
            )
            tell_accepted(result, proposal_id, self.words)
        return result

    def _holder(self, proposal_id: str) -> Kept | None:
        """The same sentence may stand in two texts: the one where it is open is meant."""
        known = [(text, item) for text in self.kept.values() if (item := text.find(proposal_id))]
        known.sort(key=lambda pair: pair[1].state != "open")
        return known[0][0] if known else None


def tell_accepted(kept: Kept, proposal_id: str, words: Words) -> None:
    """Where it is now, and the question that stays open."""
    item = kept.find(proposal_id)
    if item is None or item.decision is None:
        return
    click.echo(words(say("{id}: in {record}", id=proposal_id, record=item.decision.record)))
    if item.question:
        told = say(
            "{id}: open question: {text}. Close it with --answer {id} --why TEXT",
            id=proposal_id,
            text=dict(item.question.text),
        )
        click.echo(words(told))


def refuse(error: BilatError, proposal_id: str, words: Words) -> None:
    """The folder is as it was; every problem is told, and every question with its choices."""
    from bilat.reading.entering import AnswersNeeded

    if isinstance(error, ProgrammeInvalid):
        print_problems(error.problems, words)
        told = say(
            "{id}: not accepted, because the folder would have these problems", id=proposal_id
        )
        click.echo(words(told), err=True)
        return
    click.echo(f"{proposal_id}: {words(error.message)}", err=True)
    for question in error.questions if isinstance(error, AnswersNeeded) else ():
        choices = f" ({', '.join(question.choices)})" if question.choices else ""
        click.echo(f"  {question.name}: {words(question.text)}{choices}", err=True)


def _list(kept: Sequence[Kept], words: Words) -> None:
    from bilat.reading import telling

    for text in kept:
        n = len(text.open)
        head = say_many("{name}: {n} open", "{name}: {n} open", n=n, name=text.name)
        click.echo(words(head))
        for item in text.proposals:
            headline = telling.one_line(telling.headline(item.proposal, words))
            kind = words(telling.KINDS[item.proposal.kind])
            click.echo(f"  {item.id}  {words(STATES[item.state])}  {kind}: {headline}")
            _list_decision(item, words)
    if not kept:
        click.echo(words(say("Nothing is kept here. Read a text with: bilat read FILE --save")))


def _list_decision(item: KeptProposal, words: Words) -> None:
    if item.decision:
        made = item.decision
        details = (made.by, made.on, made.record, made.why)
        click.echo("      " + ", ".join(detail for detail in details if detail))
    if item.question:
        text = dict(item.question.text)
        if item.question.answer:
            told = say("answered: {answer} ({text})", answer=item.question.answer, text=text)
        else:
            told = say("open question: {text}", text=text)
        click.echo("      " + words(told))


STATES = {
    "open": say("open"),
    "accepted": say("accepted"),
    "corrected": say("corrected"),
    "rejected": say("rejected"),
}
