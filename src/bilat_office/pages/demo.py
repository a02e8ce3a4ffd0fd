"""An office to look at: the programme of a folder, and a person of each role on each side.

    python -m bilat_office.pages.demo examples/blr-kgz

Passwords and passphrases are made up and printed once. Where a register stands already, nothing
is done.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from secrets import choice

from bilat import LANGUAGES
from bilat.language import Message, Words, say
from bilat.programme import Commitment, Programme
from bilat.register.canonical import document
from bilat.register.orders import New
from bilat_office.cli import prepare

WORDS = (
    "amber", "birch", "canal", "delta", "ember", "falcon", "garnet", "harbour", "island",
    "juniper", "kettle", "lantern", "meadow", "nectar", "orchard", "pepper", "quarry", "river",
    "saddle", "timber", "umbrella", "valley", "willow", "yonder", "zephyr", "copper", "linen",
    "maple", "north", "olive", "plain", "spruce",
)  # fmt: skip


def made_up() -> str:
    """Five words: 25 bits, enough for people who are made up as well."""
    return "-".join(choice(WORDS) for _turn in range(5))


def build(folder: Path) -> Iterator[str]:
    """Found the office and add its people; what its visitor has to know, line by line."""
    from bilat.programme import open_programme
    from bilat_office.commands import begin
    from bilat_office.people.permissions import ROLE_NAMES, ROLES
    from bilat_office.people.services.persons import person_add

    english = Words("en")
    now = datetime.now(UTC).replace(microsecond=0)
    programme = open_programme(folder)
    phrases = {side: made_up() for side in programme.sides}
    begin(folder, "two", "demo", now, _quiet, lambda sides: phrases[sides[0]])
    for side, phrase in phrases.items():
        yield f"passphrase of the key of {side}: {phrase}"
    yield ""
    enter(programme, phrases, now)
    bodies = {side: busiest(programme, side) for side in phrases}
    for side in programme.sides:
        for role in ROLES:
            password = made_up()
            email = f"{role.replace('_', '-')}@{side.lower()}.example"
            person_add(
                name=f"{english(ROLE_NAMES[role]).capitalize()}, {side}",
                email=email,
                side=side,
                sides=programme.sides,
                at=now,
                roles=[role],
                body=bodies[side] if role == "ministry_editor" else "",
                password=password,
            )
            yield f"{email:36} {password}"


def owned_by(programme: Programme, side: str) -> Counter[str]:
    """Bodies of one side alone, each with the joint measures that it owns."""
    owned: Counter[str] = Counter()
    for body in programme.bodies:
        if body.party == side and body.kind != "commission":
            owned[body.id] = 0
    for item in programme.commitments:
        if item.kind == "measure" and item.visibility == "joint":
            owned.update(owner for owner in item.owners if owner in owned)
    return owned


def busiest(programme: Programme, side: str) -> str:
    """The body that owns most: its editor finds something to report on."""
    owned = owned_by(programme, side)
    return max(owned, key=lambda body: owned[body])


def examples(programme: Programme) -> Iterator[New]:
    """A measure for a side of which no body owns one; it says itself that it is made up."""
    for side in programme.sides:
        if any(owned_by(programme, side).values()):
            continue
        measure = Commitment(
            id=f"example-{side.lower()}",
            title=_in_all(say("An example: report here how far your body has come")),
            owners=(busiest(programme, side),),
            assumption=True,
            author="demo",
            reason=_in_all(say("Made up by the demonstration: no body of this side owns any.")),
        )
        yield (measure.section, measure.id), document(measure)


def _in_all(message: Message) -> dict[str, str]:
    return {lang: Words(lang)(message) for lang in LANGUAGES}


def enter(programme: Programme, phrases: Mapping[str, str], at: datetime) -> None:
    """What the programme lacks for the journey of each role, signed by both sides."""
    from bilat_office.commands import actor_of
    from bilat_office.records.services.changes import change_countersign, change_propose, seal

    new = list(examples(programme))
    if not new:
        return
    first, second = (actor_of(side, "demo", phrases[side]) for side in programme.sides)
    change = change_propose(new=new, reason="Examples for the demonstration", by=first, at=at)
    if change_countersign(change=change, by=second, at=at) != "entered":
        seal(by=first, at=at)


def _quiet(_message: Message) -> None:
    """What `bilat-office init` would say is for those who found an office of their own."""


def founded() -> bool:
    from bilat_office.records.door import Door
    from bilat_office.records.refusals import NotFounded
    from bilat_office.records.viewer import JOINT, Viewer

    try:
        with Door(Viewer(JOINT)).desk():
            return True
    except NotFounded:
        return False


def main() -> None:
    prepare(None, migrate=True)
    from django.conf import settings

    if founded():
        return
    out = sys.stdout
    where = settings.DATA_FOLDER
    out.write(f"A new office in {where}. These people can sign in (shown this once):\n\n")
    for line in build(Path(sys.argv[1])):
        out.write(f"  {line}\n")
    out.write("\n")


if __name__ == "__main__":
    main()
