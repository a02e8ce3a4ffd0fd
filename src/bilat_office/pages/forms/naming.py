"""What the inputs of a form are called: fields where they stand, entries of lists, choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bilat.language import Message, say
from bilat.programme.labels import label_of
from bilat_office.pages.sections import code_name

_INSIDE: Mapping[tuple[str, str], Message] = {
    ("indicators", "measures"): say("What it measures"),
    ("participants", "name"): say("Name and surname"),
    ("speaker", "name"): say("Name and surname"),
    ("evidence", "on"): say("Day"),
    ("evidence", "by"): say("Who reports it"),
    ("draws", "on"): say("Day"),
    ("drawdowns", "on"): say("Day"),
    ("payments", "on"): say("Day"),
    ("fees", "on"): say("Percent of what"),
    ("fees", "due"): say("When it is paid"),
    ("prepayments", "effect"): say("What it makes smaller or shorter"),
    ("taxes", "on"): say("Charged on"),
    ("baseline", "value"): say("Level"),
    ("figures", "of"): say("Times what period"),
    ("parties", "code"): say("Country code"),
    ("exchange", "rate"): say("Exchange rate"),
}
"""Field around it, or the list that it is in, and field: where the plain name misleads."""
_ENTRY: Mapping[str, Message] = {
    "agenda": say("Item {n}"),
    "buckets": say("Bucket {n}"),
    "draws": say("Draw {n}"),
    "drawdowns": say("Drawdown {n}"),
    "due_changes": say("Changed date {n}"),
    "evidence": say("Evidence {n}"),
    "exchange": say("Rate {n}"),
    "fees": say("Fee {n}"),
    "instalments": say("Instalment {n}"),
    "interests": say("Interest {n}"),
    "milestones": say("Milestone {n}"),
    "observed": say("Observed value {n}"),
    "participants": say("Participant {n}"),
    "parties": say("Party {n}"),
    "payments": say("Payment {n}"),
    "prepayments": say("Prepayment {n}"),
    "statements": say("Statement {n}"),
    "steps": say("Step {n}"),
    "sub_limits": say("Sub-limit {n}"),
    "subsidies": say("Subsidy {n}"),
    "taxes": say("Tax {n}"),
    "years": say("Year {n}"),
}


def field_label(path: Sequence[str]) -> Message:
    """path: the fields that lead to it, the section's own first."""
    around = path[-2] if len(path) > 1 else ""
    return _INSIDE.get((around, path[-1])) or label_of(path[-1])


def part_label(path: Sequence[str], n: int) -> Message:
    """Of one entry of the list at ``path``."""
    entry = _ENTRY.get(path[-1])
    if entry:
        return entry.with_args(n=n)
    return say("{list}: {n}", list=field_label(path), n=n)


def option_name(section: str, path: Sequence[str], code: str) -> Message:
    """A coded value, as pages call it."""
    if code in ("true", "false"):
        return say("yes") if code == "true" else say("no")
    return code_name(section, path[-1], code)
