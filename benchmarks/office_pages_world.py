"""A large programme with something in every room, and a text that has been read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from benchmarks.start_and_scale import large_programme

PROJECTS, DEALS, LINKS, EXCHANGES = 500, 60, 40, 8
TEXT = """\
BISHKEK, 2 October – The 13th session of the Belarusian-Kyrgyz commission was held in Bishkek.

The sides agreed to raise mutual trade to $500 million by 2030.

The sides agreed to open a trading house of Belarusian machinery in Osh.

In 2024 trade between Belarus and Kyrgyzstan came to $138 million, the ministry said.
"""


def large(folder: Path) -> Path:
    """10,000 measures and 2,000 contacts, with projects, deals, links, exchanges and sessions."""
    large_programme(folder)
    rooms = {
        "projects": map(_project, range(PROJECTS)),
        "facilities": map(_facility, range(3)),
        "deals": map(_deal, range(DEALS)),
        "links": map(_link, range(LINKS)),
        "exchanges": map(_exchange, range(EXCHANGES)),
    }
    for section, records in rooms.items():
        (folder / f"{section}.yaml").write_text("".join(records))
    with (folder / "contacts.yaml").open("a") as file:
        file.writelines(map(_session, range(1, 14)))
    return folder


def read_text(email: str) -> None:
    """A communiqué that the person has read."""
    from django.conf import settings

    from bilat_office.people.doorway import viewer_of
    from bilat_office.people.models import Person
    from bilat_office.readings.services.taking import About, reading_add, reading_read

    folder = Path(settings.DATA_FOLDER)
    upload = folder / "to-read" / "communique.txt"  # whose folder is dropped when it has been read
    upload.parent.mkdir()
    upload.write_text(TEXT)
    person = Person.objects.get(email=email)
    reading = reading_add(
        name="communique.txt",
        upload=str(upload.relative_to(folder)),
        about=About(title="Talks in Bishkek", publisher="Kabar"),
        person=person,
        viewer=viewer_of(person),
        at=datetime.now(UTC),
    )
    reading_read(reading=reading, sides=("BLR", "KGZ"))


def _project(n: int) -> str:
    stage = ("idea", "agreed", "preparing", "operating")[n % 4]
    return (
        f"- id: project-{n}\n  title: {{en: Plant number {n}, ru: Завод {n}}}\n  stage: {stage}\n"
        f"  products: ['{8400 + n % 80}']\n  commitments: [measure-{n}]\n  sources: [s]\n"
    )


def _facility(n: int) -> str:
    return (
        f"- id: facility-{n}\n  title: Credit line {n}\n  kind: credit\n  revolving: true\n"
        f"  limit: {{amount: {100 * (n + 1)}000000, currency: USD}}\n"
        "  available: 2024/2030\n  sources: [s]\n"
    )


def _deal(n: int) -> str:
    year, month = 2024 + n % 2, n % 12 + 1
    return (
        f"- id: deal-{n}\n  title: Lot number {n}\n  facility: facility-{n % 3}\n"
        f"  project: project-{n}\n  amount: {{amount: 1200000, currency: USD}}\n"
        f"  products: ['8414']\n  stage: drawn\n  signed: {year}-{month:02}-15\n"
        "  terms: {amount: {amount: 1200000, currency: USD}, months: 60, every: 3, "
        f"repayment: equal_principal, start: {year}-{month:02}-15, rate: {{percent: 8}}, "
        "day_count: 30E/360}\n  payments: []\n  sources: [s]\n"
    )


def _link(n: int) -> str:
    kind = ("regions", "cities", "companies", "demand")[n % 4]
    wants, side = (("offers", "BLR"), ("requests", "KGZ"))[n // 4 % 2]
    return (
        f"- id: link-{n}\n  title: Link number {n}\n  kind: {kind}\n"
        f"  bodies: [body-{n % 40}, body-{(n + 1) % 40}]\n  sources: [s]\n"
        f"  interests: [{{side: {side}, wants: {wants}, text: Machines {n}, "
        f"products: ['{8400 + n % 20}']}}]\n"
    )


def _exchange(n: int) -> str:
    area = ("education", "culture", "sport", "tourism")[n % 4]
    measures = ", ".join(f"measure-{each}" for each in range(n * 50, n * 50 + 50))
    return (
        f"- id: exchange-{n}\n  title: Exchange number {n}\n  area: {area}\n"
        f"  commitments: [{measures}]\n  sources: [s]\n"
    )


def _session(n: int) -> str:
    day = "planned: 2027-03-15" if n == 13 else f"held: {2012 + n}-11-20"
    decided = ", ".join(f"measure-{each}" for each in range(n * 100, n * 100 + 60))
    return (
        f"- id: session-{n}\n  title: Session number {n}\n  kind: session\n  number: {n}\n"
        f"  {day}\n  place: Minsk\n  agenda: [Trade, Roads, Visas]\n  follow_up: [{decided}]\n"
        "  sources: [s]\n"
    )
