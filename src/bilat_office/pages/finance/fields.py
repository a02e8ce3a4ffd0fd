"""The fields of the calculator, and from what is typed to the terms that the core reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from bilat.brief.story.deal_names import DAY_COUNT, REPAYMENT
from bilat.language import say
from bilat_office.pages.story.fields import LONGEST, Field, money, share, whole

LONGEST_MORE = 4000
"""Letters of the further terms: an address holds no more."""
KINDS = {"loan": say("loan"), "lease": say("lease")}
REPAYMENTS = {name: REPAYMENT[name] for name in ("annuity", "equal_principal", "bullet")}
EVERY = {
    "1": say("every month"),
    "3": say("every quarter"),
    "6": say("every half-year"),
    "12": say("every year"),
}
FIELDS: Sequence[Field] = (
    Field("title", say("What it is called"), "text"),
    Field(
        "kind", say("Kind"), "choice", say("Left empty: as the offer states, else a loan."), KINDS
    ),
    Field("price", say("Price of what is bought"), "amount"),
    Field("currency", say("Currency"), "text", say("A code such as USD, EUR or BYN.")),
    Field("advance", say("Advance, % of the price"), "percent"),
    Field(
        "amount",
        say("Amount financed"),
        "amount",
        say("Left empty: the price less the advance."),
    ),
    Field("rate", say("Interest rate, % a year"), "percent"),
    Field("start", say("Day of the first drawdown"), "day"),
    Field("months", say("Term in months"), "whole", say("600 at most.")),
    Field(
        "every",
        say("Payments"),
        "choice",
        say("Left empty: as the offer states, else every month."),
        EVERY,
    ),
    Field(
        "repayment",
        say("How principal is repaid"),
        "choice",
        say("Left empty: as the offer states, else in equal payments."),
        REPAYMENTS,
    ),
    Field("grace", say("Months without principal"), "whole"),
)
FURTHER: Sequence[Field] = (
    Field("first_payment", say("First payment on"), "day", say("Left empty: one period later.")),
    Field("grace_interest", say("Months without interest"), "whole"),
    Field("in_advance", say("Payments at the start of each period"), "check"),
    Field("balloon", say("Balloon, % of the amount financed"), "percent"),
    Field("residual", say("Residual value of a lease, % of the price"), "percent"),
    Field("arrangement", say("Arrangement fee, % of the amount, once"), "percent"),
    Field("insurance", say("Insurance, % of the balance a year"), "percent"),
    Field("subsidy", say("Interest that a budget pays, percentage points"), "percent"),
    Field("day_count", say("How days are counted"), "choice", None, DAY_COUNT),
    Field(
        "more",
        say("Any other terms"),
        "area",
        say("By their names in a deal.yaml, one a line, such as “penalty_rate: 12”."),
    ),
)
EVERY_FIELD = (*FIELDS, *FURTHER)
PLAIN = ("title", "kind", "start", "repayment", "first_payment", "day_count")
"""Fields that are terms of the same name, as they are typed."""
PARTS = ("advance", "rate", "balloon", "residual")
"""Fields of which the term is a part: so many per cent."""
PATHS = {"grace": "grace.principal", "grace_interest": "grace.interest"}
FEES: Mapping[str, Mapping[str, str]] = {
    "arrangement": {"kind": "arrangement", "on": "amount", "due": "start"},
    "insurance": {"kind": "insurance", "on": "balance", "due": "year"},
}


def typed_in(query: QueryDict, prefix: str = "") -> dict[str, str]:
    """What stands in the fields; longer texts are cut, as no field needs them."""
    found = {}
    for item in EVERY_FIELD:
        most = LONGEST_MORE if item.input == "area" else LONGEST
        found[item.name] = str(query.get(prefix + item.name, "")).strip()[:most]
    return found


def terms_of(typed: Mapping[str, str]) -> dict[str, Any]:
    """Terms by their names in a deal.yaml, dotted where they lie inside one; what is empty is not
    stated. A text that is no number stays one, for the core to refuse."""
    terms: dict[str, Any] = {name: typed[name] for name in PLAIN if typed[name]}
    terms |= {name: money(typed[name]) for name in ("price", "amount") if typed[name]}
    terms |= {name: {"percent": share(typed[name])} for name in PARTS if typed[name]}
    terms |= {name: whole(typed[name]) for name in ("months", "every") if typed[name]}
    terms |= {PATHS[name]: whole(typed[name]) for name in PATHS if typed[name]}
    if typed["in_advance"]:
        terms["in_advance"] = True
    if typed["subsidy"]:
        terms["subsidies"] = [{"points": share(typed["subsidy"])}]
    if fees := fees_stated(typed):
        terms["fees"] = [{**FEES[name], "percent": share(typed[name])} for name in fees]
    return terms


def fees_stated(typed: Mapping[str, str]) -> list[str]:
    """The fields of fees in the order of the terms."""
    return [name for name in FEES if typed[name]]


def field_of(subject: str, typed: Mapping[str, str], more: Mapping[str, Any]) -> str:
    """Which field a problem of the terms is about; empty where it is about none.

    subject: a path such as ``grace.principal``. more: the further terms, as they were read.
    """
    steps = subject.replace("[", ".").replace("]", "").split(".")
    stated = terms_of(typed)
    if steps[0] in more and steps[0] not in {path.split(".")[0] for path in stated}:
        return "more"
    if steps[-1] == "currency":
        return "currency"
    if steps[0] == "fees" and len(steps) > 1 and steps[1].isdigit():
        fees = fees_stated(typed)
        return fees[int(steps[1])] if int(steps[1]) < len(fees) else ""
    by_path = {path: name for name, path in PATHS.items()} | {
        "grace": "grace",
        "subsidies": "subsidy",
        "maturity": "months",
        "principal_every": "every",
    }
    names = {item.name for item in EVERY_FIELD}
    for path in (".".join(steps[:2]), steps[0]):
        if path in by_path or path in names:
            return by_path.get(path, path)
    return ""
