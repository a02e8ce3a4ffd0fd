"""A deal's terms from a preset, a file over it, and options over both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bilat.errors import Place, Problem
from bilat.finance.deal import TermInvalid
from bilat.finance.deal.refusing import Locate, TermsRefused, told
from bilat.finance.presets.preset import Preset
from bilat.finance.presets.registry import read_text
from bilat.language import Message, Text, say
from bilat.programme.complaints import Complaint
from bilat.programme.deal_checks import deal_complaints
from bilat.programme.deal_terms import DealTerms
from bilat.programme.yaml_text import YamlText

OPTIONS = {
    "start": "--from",
    "rate": "--rate",
    "price": "--price",
    "amount": "--amount",
    "advance": "--advance",
    "months": "--months",
    "repayment": "--repayment",
    "kind": "--kind",
    "every": "--every",
}
"""Term → the option that states it; every other term has ``--set``."""

ENDS = ("months", "maturity", "instalments", "payment")
"""Terms of which one says how long it lasts."""

Terms = dict[str, Any]


@dataclass(frozen=True)
class Stated:
    """A deal's terms by name as far as someone stated them, and how to find where."""

    terms: Terms
    locate: Locate


@dataclass(frozen=True)
class Asked:
    """Terms stated by options: name → value, where the name may lead into a term with dots."""

    terms: Mapping[str, Any] = field(default_factory=dict)
    currency: str | None = None
    """Of every amount that is stated without one."""


def read_stated(path: Path) -> Stated:
    """The terms in a YAML file, which need not be complete.

    Raises BilatError for a file that cannot be read, TermsRefused for one that is not YAML.
    """
    text = YamlText(path.name, read_text(path, say("Name the file with the terms of the deal")))
    data, problems = text.read()
    if not problems and data is not None and not isinstance(data, dict):
        problems = [
            Problem(
                Place(path.name, 1, 1),
                say("terms by name are expected here"),
                say("Write them as in docs/schedule.md, such as “months: 60”"),
            )
        ]
    if problems:
        raise TermsRefused(problems)
    return Stated(data or {}, text.place)


def assemble(preset: Preset | None, file: Stated | None, asked: Asked) -> DealTerms:
    """A term of the file takes the place of the preset's, an option the place of both.

    Raises TermsRefused with every problem: the file and line, the option, or what is missing and
    the option that states it.
    """
    stated = file or Stated({}, _nowhere)
    terms = {**deepcopy(preset.terms if preset else {}), **deepcopy(stated.terms)}
    known = _currency_in(terms)
    for name, value in asked.terms.items():
        _put(terms, name.split("."), value)
    problems = [*_with_currency(terms, asked, known), *_missing(terms, preset)]
    if problems:
        raise TermsRefused(problems)
    locate = _locator(preset, stated, asked)
    try:
        deal = DealTerms.model_validate(terms)
    except ValidationError as error:
        raise TermsRefused(told(error, DealTerms, locate)) from None
    if complaints := list(deal_complaints(deal)):
        raise TermsRefused([_placed(complaint, locate) for complaint in complaints])
    return deal


def refused(
    fault: TermInvalid, preset: Preset | None, file: Stated | None, asked: Asked
) -> TermsRefused:
    """What `schedule_of` refused, at the place where the term was stated."""
    locate = _locator(preset, file or Stated({}, _nowhere), asked)
    return TermsRefused([_placed(fault.complaint, locate)])


def _placed(complaint: Complaint, locate: Locate) -> Problem:
    return Problem(
        locate(complaint.path),
        complaint.what,
        complaint.remedy,
        subject=".".join(map(str, complaint.path)),
    )


def _nowhere(_path: Any, *, of_key: bool = False) -> Place:
    return Place("")


def _put(terms: Terms, steps: list[str], value: Any) -> None:
    """A value at the end of a path; groups of terms on the way are made."""
    *way, last = steps
    current: Any = terms
    for step in way:
        current = _into(current, step, steps)
    if isinstance(current, list):
        current[_index(current, last, steps)] = value
    else:
        current[last] = value


def _into(current: Any, step: str, steps: list[str]) -> Any:
    found = current[_index(current, step, steps)] if isinstance(current, list) else None
    if isinstance(current, dict):
        found = current.setdefault(step, {})
    if not isinstance(found, dict | list):
        raise TermsRefused([_not_a_group(step, steps)])
    return found


def _index(current: list[Any], step: str, steps: list[str]) -> int:
    """Lists are counted from 0, as in the places of problems."""
    if not step.isdigit() or int(step) >= len(current):
        raise TermsRefused([_not_a_group(step, steps)])
    return int(step)


def _not_a_group(step: str, steps: list[str]) -> Problem:
    return Problem(
        Place(f"--set {'.'.join(steps)}"),
        say("“{step}” leads nowhere", step=step),
        say("Name a term, such as grace.principal; entries of a list are counted from 0"),
    )


def _with_currency(terms: Terms, asked: Asked, known: str | None) -> Iterator[Problem]:
    """Amounts of options get the currency that is asked for, or that of the file's amounts."""
    moneys = [name for name in ("price", "amount") if name in terms]
    known = asked.currency or known
    for name in moneys:
        value = terms[name]
        if isinstance(value, dict):
            terms[name] = {**value, "currency": asked.currency} if asked.currency else value
        elif known:
            terms[name] = {"amount": value, "currency": known}
        else:
            yield Problem(
                Place(OPTIONS[name]),
                say("an amount without a currency"),
                say("Name it with --currency, such as --currency USD"),
                subject="currency",
            )


def _currency_in(terms: Terms) -> str | None:
    values = (terms.get(name) for name in ("amount", "price"))
    found = (value.get("currency") for value in values if isinstance(value, dict))
    return next((str(code) for code in found if code), None)


def _missing(terms: Terms, preset: Preset | None) -> Iterator[Problem]:
    """What every schedule needs, with the option that states it."""
    if "price" not in terms and "amount" not in terms:
        what = say("nothing says how much is financed")
        yield _ask(what, "--price … --currency USD", "price")
    if "start" not in terms:
        yield _ask(say("the day of the first drawdown is missing"), "--from 2026-01-15", "start")
    if not any(terms.get(name) for name in ENDS):
        yield _ask(say("the term is missing"), "--months 60", "months")
    if not terms.get("rate"):
        yield _ask(_no_rate(preset), "--rate 8.5%", "rate")


def _no_rate(preset: Preset | None) -> Message:
    if preset is None:
        return say("the interest rate is missing")
    if preset.rate_rule is None:
        return say("the preset “{id}” states no interest rate", id=preset.id)
    rule = _without_stop(preset.rate_rule)
    return say("the preset “{id}” states no interest rate: {rule}", id=preset.id, rule=rule)


def _without_stop(text: Text) -> Text:
    """A preset's sentence inside another one, which has its own full stop."""
    if isinstance(text, str):
        return text.rstrip(".")
    return {language: sentence.rstrip(".") for language, sentence in text.items()}


def _ask(what: Message, option: str, term: str) -> Problem:
    remedy = say("State it in the file, or with {option}", option=option)
    return Problem(Place("terms"), what, remedy, subject=term)


def _locator(preset: Preset | None, file: Stated, asked: Asked) -> Locate:
    """Where a term was stated last: an option, the file, or the preset."""

    def locate(path: tuple[str | int, ...], *, of_key: bool = False) -> Place:
        name = str(path[0]) if path else ""
        if any(option.split(".")[0] == name for option in asked.terms):
            return Place(OPTIONS.get(name, f"--set {name}"))
        if name in file.terms or preset is None or name not in preset.terms:
            return file.locate(path, of_key=of_key)
        return Place(preset.id)

    return locate
