"""Reading a ``deal.yaml``: its terms, and every problem with its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bilat.errors import Place, Problem
from bilat.finance.deal.faults import TermInvalid, dotted
from bilat.finance.deal.refusing import TermsRefused, told
from bilat.language import say
from bilat.programme.complaints import Complaint
from bilat.programme.deal_checks import deal_complaints
from bilat.programme.deal_terms import DealTerms
from bilat.programme.yaml_text import YamlText


@dataclass(frozen=True)
class DealFile:
    """Terms as read, with the text that they stand in."""

    terms: DealTerms
    text: YamlText

    def problem(self, fault: TermInvalid) -> Problem:
        """What `schedule_of` refused, at its line in the file."""
        return _complained(fault.complaint, self.text)


def read_deal(path: Path | str) -> DealTerms:
    """The terms in a file. Raises TermsRefused with all its problems, each with file and line."""
    return open_deal(path).terms


def open_deal(path: Path | str) -> DealFile:
    """As `read_deal`, with the text, so that later problems can be placed in it too."""
    return read_deal_text(Path(path).name, _text(Path(path)))


def read_deal_text(name: str, text: str) -> DealFile:
    """The terms in a text; ``name`` stands in its problems. Raises TermsRefused."""
    yaml = YamlText(name, text)
    data, problems = yaml.read()
    if not problems and not isinstance(data, dict):
        problems = [_no_deal(yaml)]
    if problems:
        raise TermsRefused(tuple(problems))
    terms = _validated(data, yaml)
    if wrong := [_complained(complaint, yaml) for complaint in deal_complaints(terms)]:
        raise TermsRefused(tuple(sorted(wrong, key=lambda problem: problem.place.line)))
    return DealFile(terms, yaml)


def _validated(data: dict[str, Any], yaml: YamlText) -> DealTerms:
    try:
        return DealTerms.model_validate(data)
    except ValidationError as error:
        problems = told(error, DealTerms, yaml.place)
        raise TermsRefused(sorted(problems, key=lambda problem: problem.place.line)) from None


def _complained(complaint: Complaint, yaml: YamlText) -> Problem:
    place = yaml.place(complaint.path)
    return Problem(place, complaint.what, complaint.remedy, subject=dotted(complaint.path))


def _no_deal(yaml: YamlText) -> Problem:
    return Problem(
        Place(yaml.name, 1),
        say("this is no deal: a group of keys is expected"),
        say("Compare with an example in docs/methods/schedules.md"),
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        what, remedy = say("the text is not in UTF-8"), say("Save the file again as UTF-8")
    except OSError as error:
        what = say("the file cannot be read: {why}", why=error.strerror or str(error))
        remedy = say("Check that it exists and that you may read it")
    raise TermsRefused((Problem(Place(path.name), what, remedy),))
