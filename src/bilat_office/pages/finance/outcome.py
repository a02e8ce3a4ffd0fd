"""What the typed terms give: a schedule, or what is wrong with which field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from bilat.errors import Problem
from bilat.finance.deal import Schedule, TermInvalid, TermsRefused, schedule_of
from bilat.finance.deal.faults import dotted
from bilat.finance.presets import Asked, Preset, Stated, assemble, presets
from bilat.language import Message, say
from bilat.programme.yaml_text import YamlText
from bilat_office.pages.finance.fields import field_of, terms_of

MORE = "terms"
"""What the further terms are called in the place of a problem."""


@dataclass(frozen=True)
class Outcome:
    """typed: by field. schedule: None where nothing was asked, or where something is wrong.

    errors: by field, each with the sentences of the core; under an empty name what is about none.
    """

    typed: Mapping[str, str]
    preset: Preset | None = None
    schedule: Schedule | None = None
    errors: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)

    @property
    def is_wrong(self) -> bool:
        return bool(self.errors)


def outcome_of(typed: Mapping[str, str], preset_id: str) -> Outcome:
    """The schedule of the typed terms over those of a preset."""
    preset = preset_named(preset_id)
    if preset_id and preset is None:
        what = say("“{name}” is no offer of this list: choose one.", name=preset_id[:80])
        return Outcome(typed, None, None, {"preset": (what,)})
    try:
        more = _more(typed["more"])
        asked = Asked(terms_of(typed), typed["currency"].upper() or None)
        terms = assemble(preset, more, asked)
        schedule = schedule_of(terms)
    except TermsRefused as refused:
        return Outcome(typed, preset, None, _by_field(refused.problems, typed))
    except TermInvalid as fault:
        complaint = fault.complaint
        name = field_of(dotted(complaint.path), typed, _stated(typed))
        said = say("{what}. {remedy}", what=complaint.what, remedy=complaint.remedy)
        return Outcome(typed, preset, None, {name: (said,)})
    if not schedule.payments:
        return Outcome(typed, preset, None, {"": (say("These terms give no payment."),)})
    return Outcome(typed, preset, schedule)


@cache
def offers() -> tuple[Preset, ...]:
    """The presets that come with Bilat, read once by each process."""
    return presets()


def preset_named(name: str) -> Preset | None:
    return next((preset for preset in offers() if preset.id == name), None)


def _more(text: str) -> Stated | None:
    """Raises TermsRefused for what is no YAML, or no terms by name."""
    if not text:
        return None
    yaml = YamlText(MORE, text)
    data, problems = yaml.read()
    if not problems and data is not None and not isinstance(data, dict):
        what = say("terms by name are expected here")
        remedy = say("Write them one a line, such as “penalty_rate: 12”")
        problems = [Problem(yaml.place(()), what, remedy)]
    if problems:
        raise TermsRefused([_in_more(problem) for problem in problems])
    return Stated(data or {}, yaml.place)


def _in_more(problem: Problem) -> Problem:
    said = say("Line {line}: {what}", line=problem.place.line, what=problem.what)
    return Problem(problem.place, said, problem.remedy, subject="more")


def _stated(typed: Mapping[str, str]) -> Mapping[str, Any]:
    data, _problems = YamlText(MORE, typed["more"]).read()
    return data if isinstance(data, dict) else {}


def _by_field(
    problems: Sequence[Problem], typed: Mapping[str, str]
) -> Mapping[str, tuple[Message, ...]]:
    found: dict[str, tuple[Message, ...]] = {}
    more = _stated(typed)
    for problem in problems:
        name = field_of(problem.subject, typed, more)
        found[name] = (*found.get(name, ()), _said(problem))
    return found


def _said(problem: Problem) -> Message:
    """The sentence of the core; a remedy that names options of the command line is none here."""
    remedy = problem.remedy
    if "option" in remedy.args or "--" in remedy.template:
        return say("{what}.", what=problem.what)
    return say("{what}. {remedy}", what=problem.what, remedy=remedy)
