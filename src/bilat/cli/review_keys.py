"""One proposal after the other, decided with one key each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from bilat.cli.read_table import relation_text
from bilat.cli.review import Signed, refuse, tell_accepted
from bilat.cli.words import translate as _
from bilat.errors import BilatError
from bilat.language import Words, say, say_many
from bilat.programme import open_programme
from bilat.reading import telling
from bilat.reading.kept import Kept, KeptProposal
from bilat.reading.review import Considered, accept, consider, latest, reject

ENDS = ("", "\x03", "\x04")
"""The end of the input, Ctrl-C and Ctrl-D, as a terminal in raw mode passes them on."""
AROUND = 160
"""Characters of the text shown before and after a quote."""


class Session:
    """A person at the terminal. Each decision is on the disk before the next is asked."""

    def __init__(self, folder: Path, signed: Signed, words: Words, visibility: str) -> None:
        self.folder = folder
        self.signed = signed
        self.words = words
        self.visibility = visibility
        self.console = Console(highlight=False)

    def run(self, kept: Sequence[Kept]) -> None:
        """Every open proposal of every text, until the end or ``q``."""
        total = sum(len(text.open) for text in kept)
        number = 0
        for text in kept:
            current = text
            for item in text.open:
                number += 1
                self.console.print(Text(f"── {number}/{total} · {text.name} ──", style="dim"))
                following = self._one(current, item)
                if following is None:
                    self._end(total - number + 1)
                    return
                current = following
        self._end(0)

    def _end(self, left: int) -> None:
        told = say_many(
            "{n} proposal is left; the same command goes on from here",
            "{n} proposals are left; the same command goes on from here",
            n=left,
        )
        self.console.print(self.words(told if left else say("Nothing is left to review.")))

    def _one(self, kept: Kept, item: KeptProposal) -> Kept | None:
        """The text after this decision; None for ``q``."""
        kept = latest(self.folder, kept)
        if item not in kept.open:  # decided by somebody else meanwhile
            return kept
        case = consider(kept, item, open_programme(self.folder))
        self._show(case)
        while True:
            key = self._key()
            if key == "q":
                return None
            if key == "s":
                return kept
            if key == "r":
                why = click.prompt(_("Why (may be left empty)"), default="", show_default=False)
                return reject(self.folder, kept, item.id, self.signed.now(why))
            answers = self._corrections(case) if key == "c" else {}
            if decided := self._accepted(kept, item, answers):
                return decided

    def _key(self) -> str:
        prompt = _("[a]ccept [c]orrect [r]eject [s]kip [q]uit")
        while True:
            click.echo(prompt + " ", nl=False)
            key = click.getchar().lower()
            if key in ENDS:
                raise click.Abort
            click.echo(key)
            if key in ("a", "c", "r", "s", "q"):
                return key

    def _accepted(self, kept: Kept, item: KeptProposal, answers: dict[str, str]) -> Kept | None:
        """None when it was refused: then the person is asked again."""
        case = consider(kept, item, open_programme(self.folder), answers)
        for question in case.questions:
            text = self.words(question.text)
            if question.choices:
                text += f" ({', '.join(question.choices)})"
            answers[question.name] = click.prompt(text, default="", show_default=False)
        given = {
            name: text for name, text in answers.items() if text != "" or name not in _asked(case)
        }
        try:
            result, _relation = accept(
                self.folder,
                kept,
                item.id,
                self.signed.now(),
                answers=given,
                visibility=self.visibility,
            )
        except BilatError as error:
            refuse(error, item.id, self.words)
            return None
        tell_accepted(result, item.id, self.words)
        return result

    def _corrections(self, case: Considered) -> dict[str, str]:
        """Lines of ``name=value`` until an empty one; an empty value takes the field out."""
        proposal = case.proposal
        shown = {**proposal.fields, "side": proposal.side, "manner": proposal.manner}
        for name, value in shown.items():
            self.console.print(Text(f"  {name} = {'' if value is None else value}"))
        answers: dict[str, str] = {}
        while line := click.prompt(_("name=value"), default="", show_default=False):
            name, equals, text = line.partition("=")
            if equals and name.strip():
                answers[name.strip()] = text.strip()
        return answers

    def _show(self, case: Considered) -> None:
        proposal, words = case.proposal, self.words
        head = Text(words(telling.KINDS[proposal.kind]), style="bold")
        head.append(": " + telling.one_line(telling.headline(proposal, words)), style="not bold")
        self.console.print(head)
        self.console.print(_in_context(case.kept, case.item))
        how = (
            telling.one_line(telling.speaker(proposal, words)),
            words(telling.MANNERS[proposal.manner]),
            words(say("{share} sure", share=telling.confidence(proposal, words))),
        )
        self.console.print(Text(", ".join(filter(None, how)), style="dim"))
        self.console.print(relation_text(case.relation, words))


def _asked(case: Considered) -> set[str]:
    return {question.name for question in case.questions}


def _in_context(kept: Kept, item: KeptProposal) -> Text:
    """The quote, reversed, in the words around it."""
    text, quote = kept.original.text, item.proposal.quote
    before = telling.one_line(text[max(0, quote.start - AROUND) : quote.start])
    after = telling.one_line(text[quote.end : quote.end + AROUND])
    shown = Text(f"…{before} ", style="dim")
    shown.append(telling.one_line(quote.text), style="not dim reverse")
    shown.append(f" {after}…", style="dim")
    return shown
