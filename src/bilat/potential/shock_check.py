"""What a shock must say: between whom, by how much, in words that the panel knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilat.language import say
from bilat.potential.shock import Change, Shock
from bilat.programme.complaints import Complaint, complain
from bilat.programme.refusals import suggest


def complaints_of(shock: Shock, countries: Sequence[str]) -> Iterator[Complaint]:
    """countries: as the panel writes them."""
    for name, members in shock.groups.items():
        for at, member in enumerate(members):
            if member not in countries:
                yield _unknown(member, countries, "groups", name, at)
    for at, change in enumerate(shock.changes):
        yield from _of_whom(change, shock, countries, at)
        yield from _how_much(change, at)


def _of_whom(
    change: Change, shock: Shock, countries: Sequence[str], at: int
) -> Iterator[Complaint]:
    one_way = change.exporter is not None or change.importer is not None
    if one_way + (change.pair is not None) + (change.group is not None) != 1:
        yield complain(
            say("it is not clear between whom costs change"),
            say("Give “pair”, or “group”, or “exporter” and “importer” (one of them at least)"),
            "changes",
            at,
        )
        return
    for key in ("exporter", "importer"):
        name = getattr(change, key)
        if name is not None and name not in shock.groups and name not in countries:
            yield _unknown(name, [*shock.groups, *countries], "changes", at, key)
    for number, name in enumerate(change.pair or ()):
        if name not in countries:
            yield _unknown(name, countries, "changes", at, "pair", number)
    if change.group is not None and change.group not in shock.groups:
        yield _unknown_group(change.group, list(shock.groups), at)
    yield from _with_itself(change, countries, at)


def _with_itself(change: Change, countries: Sequence[str], at: int) -> Iterator[Complaint]:
    first, second = change.pair or (change.exporter, change.importer)
    if first == second and first in countries:
        yield complain(
            say("a pair of {country} with itself", country=first),
            say("Name two countries: costs at home do not change"),
            "changes",
            at,
        )


def _unknown(name: str, known: Sequence[str], *path: str | int) -> Complaint:
    remedy = suggest(name, known) or say(
        "Write countries as the panel does, for example {countries}", countries=", ".join(known[:5])
    )
    what = say("“{name}” is no country of the panel in this year", name=name)
    return Complaint(what, remedy, path)


def _unknown_group(name: str, known: Sequence[str], at: int) -> Complaint:
    remedy = suggest(name, known) or say("List its members under “groups”")
    return Complaint(say("there is no group “{name}”", name=name), remedy, ("changes", at, "group"))


def _how_much(change: Change, at: int) -> Iterator[Complaint]:
    if (change.cost_percent is None) == (change.coefficient is None):
        yield complain(
            say("it is not clear by how much costs change"),
            say("Give either “cost_percent” or “coefficient”"),
            "changes", at,
        )  # fmt: skip
    elif change.coefficient is None and (change.estimate or change.value is not None):
        yield complain(
            say("an estimate without the name of a coefficient"),
            say("Add “coefficient”, or leave “estimate” and “value” out"),
            "changes", at,
        )  # fmt: skip
    elif change.coefficient and (change.estimate is None) == (change.value is None):
        name = change.coefficient
        yield complain(
            say("it is not clear where the coefficient “{name}” comes from", name=name),
            say("Give “estimate”, a file of bilat gravity estimate, or “value”, the number itself"),
            "changes", at, "coefficient",
        )  # fmt: skip
