"""Reading a ``shock.yaml``, and the estimates that it names: every problem with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from json import JSONDecodeError, loads
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bilat.errors import Place, Problem
from bilat.language import Message, say
from bilat.potential.refused import InputRefused
from bilat.potential.shock import Change, Costs, Shock, costs_of
from bilat.potential.shock_check import complaints_of
from bilat.programme.complaints import Complaint
from bilat.programme.refusals import explain, suggest
from bilat.programme.yaml_text import YamlText

STEEPEST = 7.0
"""Of a change of costs, in logarithms: about a thousandfold."""
ESTIMATE = "bilat-gravity-estimate/1"
"""The format of the file that ``bilat gravity estimate --formats json`` writes."""


def read_shock(path: Path, countries: Sequence[str], elasticity: float) -> Costs:
    """For the countries of a baseline. elasticity: σ, above 1.

    Raises InputRefused with every problem, its line and what to do.
    """
    yaml = YamlText(path.name, _text(path))
    shock = _validated(yaml)
    coefficients, wrong = _coefficients(shock, path.parent)
    steep = _steep(shock, coefficients, elasticity)
    complaints = [*wrong, *steep, *complaints_of(shock, countries)]
    if complaints:
        problems = [
            Problem(
                yaml.place(one.path), one.what, one.remedy, subject=".".join(map(str, one.path))
            )
            for one in complaints
        ]
        raise InputRefused(sorted(problems, key=lambda problem: problem.place.line))
    return costs_of(shock, countries, coefficients, elasticity)


def _placed(complaints: Sequence[Complaint], yaml: YamlText) -> list[Problem]:
    problems = [
        Problem(yaml.place(one.path), one.what, one.remedy, subject=_dotted(one.path))
        for one in complaints
    ]
    return sorted(problems, key=lambda problem: problem.place.line)


def _dotted(path: Sequence[str | int]) -> str:
    return ".".join(map(str, path))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        what, remedy = say("the text is not in UTF-8"), say("Save the file again as UTF-8")
    except OSError as error:
        what = say("the file cannot be read: {why}", why=error.strerror or str(error))
        remedy = say("Check that it exists and that you may read it")
    raise InputRefused((Problem(Place(path.name), what, remedy),))


def _validated(yaml: YamlText) -> Shock:
    data, problems = yaml.read()
    if not problems and not isinstance(data, dict):
        what = say("this is no shock: “title” and “changes” are expected")
        problems = [Problem(Place(yaml.name, 1), what, say("Compare with docs/gravity.md"))]
    if problems:
        raise InputRefused(problems)
    try:
        return Shock.model_validate(data)
    except ValidationError as error:
        raise InputRefused(_told(error, yaml)) from None


def _told(error: ValidationError, yaml: YamlText) -> list[Problem]:
    found = []
    for detail in error.errors(include_url=False):
        path = tuple(detail["loc"])
        what, remedy = explain(detail, Shock)
        if detail["type"] in ("greater_than", "less_than_equal"):
            what, remedy = _no_percent(detail["input"])
        if "bilat schema" in remedy.template:
            remedy = say("See what a shock may say in docs/gravity.md")
        place = yaml.place(path, of_key=detail["type"] == "extra_forbidden")
        found.append(Problem(place, what, remedy, subject=_dotted(path)))
    return sorted(found, key=lambda problem: problem.place.line)


def _no_percent(value: Any) -> tuple[Message, Message]:
    return (
        say("costs cannot change by {value} per cent", value=str(value)),
        say("Write -5 for a twentieth cheaper; more than -100"),
    )


def _coefficients(shock: Shock, folder: Path) -> tuple[dict[int, float], list[Complaint]]:
    """β of each change that names one, and what is wrong with the estimates."""
    found: dict[int, float] = {}
    wrong: list[Complaint] = []
    for at, change in enumerate(shock.changes):
        if change.coefficient is None:
            continue
        if change.value is not None:
            found[at] = float(change.value)
        elif change.estimate is not None:
            known = _estimated(folder / change.estimate)
            if isinstance(known, Message):
                remedy = say("Make it with: bilat gravity estimate … --out . --formats json")
                wrong.append(Complaint(known, remedy, ("changes", at, "estimate")))
            elif change.coefficient not in known:
                wrong.append(_no_coefficient(change, list(known), at))
            else:
                found[at] = known[change.coefficient]
    return found, wrong


def _steep(
    shock: Shock, coefficients: Mapping[int, float], elasticity: float
) -> Iterator[Complaint]:
    """Coefficients that would make costs a thousand times as high, or a thousandth."""
    for at, beta in coefficients.items():
        times = float(shock.changes[at].by)
        if not abs(beta * times / (elasticity - 1)) <= STEEPEST:
            what = say(
                "β = {beta} times {times} at σ = {sigma} changes costs more than a thousandfold",
                beta=f"{beta:g}",
                times=f"{times:g}",
                sigma=f"{elasticity:g}",
            )
            remedy = say(
                "Look at the coefficient, at “by” (is it in the regressor’s unit?) and at σ"
            )
            yield Complaint(what, remedy, ("changes", at))


def _no_coefficient(change: Change, known: Sequence[str], at: int) -> Complaint:
    what = say(
        "{file} has no coefficient “{name}”",
        file=change.estimate or "",
        name=change.coefficient or "",
    )
    remedy = suggest(change.coefficient or "", known) or say(
        "It has: {names}", names=", ".join(known)
    )
    return Complaint(what, remedy, ("changes", at, "coefficient"))


def _estimated(path: Path) -> dict[str, float] | Message:
    """Name → coefficient, without bias where it was corrected; or why there is none."""
    try:
        data = loads(path.read_text(encoding="utf-8"))
        found = {
            one["name"]: float(one["estimate"] if one["corrected"] is None else one["corrected"])
            for one in data["coefficients"]
        }
    except OSError as error:
        return say("{file} cannot be read: {why}", file=path.name, why=error.strerror or str(error))
    except (JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError):
        found = {}
    if not found or data["format"] != ESTIMATE:
        return say("{file} is no estimate of a gravity equation", file=path.name)
    return found
