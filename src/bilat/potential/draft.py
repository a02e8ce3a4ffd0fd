"""An opportunity as a draft commitment: somebody's assumption, to be negotiated, no promise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from bilat.errors import NoAnswer, ProgrammeInvalid
from bilat.language import Words, say
from bilat.potential.opportunities import Direction, Opportunity
from bilat.potential.world import PairWorld
from bilat.programme import Commitment, Effect, Programme
from bilat.programme.folder import load
from bilat.programme.plain import plain
from bilat.programme.save import save
from bilat.programme.yaml_edit import block
from bilat.vocabulary import Unit, country_name

UNIT = "thousand USD"
THOUSAND = Decimal(1000)
LANGUAGES = ("en", "ru")


def draft(
    world: PairWorld,
    direction: Direction,
    one: Opportunity,
    *,
    name: str,
    indicator: str,
    author: str,
    as_of: date,
) -> Commitment:
    """A measure that uses what is unrealised, a year, in thousand dollars.

    name: what the product is called. low and high are the 80 % interval, where both sides report.
    """
    why = say(
        "Unrealised export potential of {product} from {exporter} to {importer}, {first}–{last}, "
        "by {dataset}, worked out on {day}",
        product=one.product,
        exporter=_country(direction.exporter),
        importer=_country(direction.importer),
        first=str(world.years[0]),
        last=str(world.year),
        dataset=world.span.dataset,
        day=as_of,
    )
    title = say(
        "{exporter} to {importer}: more of {name}",
        exporter=_country(direction.exporter),
        importer=_country(direction.importer),
        name=name or one.product,
    )
    reason = {lang: str(Words(lang)(why)) for lang in LANGUAGES}
    effect = Effect(
        indicator=indicator,
        likely=_thousands(one.unrealised),
        low=None if one.low is None else _thousands(min(one.low, one.unrealised)),
        high=None if one.high is None else _thousands(max(one.high, one.unrealised)),
        unit=Unit.parse(UNIT),
        products=(one.product,),
        assumption=True,
        author=author,
        reason=reason,
    )
    return Commitment(
        id=f"potential-{direction.exporter}-{direction.importer}-{one.product}".lower(),
        title={lang: str(Words(lang)(title)) for lang in LANGUAGES},
        effect=effect,
        assumption=True,
        author=author,
        reason=reason,
    )


def _country(code: str) -> dict[str, str]:
    return {lang: country_name(code, lang) for lang in LANGUAGES}


def _thousands(dollars: float) -> Decimal:
    return (Decimal(str(dollars)) / THOUSAND).quantize(Decimal("0.1"))


def as_yaml(commitment: Commitment) -> str:
    """Ready for ``programme.yaml``, where a section ``commitments`` may be there already."""
    return block({"commitments": [plain(commitment)]}, flow_style=False) + "\n"


def indicator_of(programme: Programme, exporter: str) -> str:
    """Id of the indicator that follows this side's exports as a whole. Raises NoAnswer."""
    found = [
        item.id
        for item in programme.indicators
        if item.measures == "exports" and item.exporter == exporter and not item.sector
    ]
    if not found:
        raise NoAnswer(
            say(
                "{programme} has no indicator of the exports of {side}, to which the draft could "
                "add. Enter one under indicators: measures: exports, exporter: {side}",
                programme=programme.id,
                side=exporter,
            )
        )
    return found[0]


def open_programme(folder: Path, sides: tuple[str, str]) -> Programme:
    """Of these two sides. Raises FolderMissing, ProgrammeInvalid or NoAnswer."""
    loaded = load(folder)
    if loaded.programme is None or loaded.errors:
        raise ProgrammeInvalid(loaded.problems)
    if set(loaded.programme.sides) != set(sides):
        raise NoAnswer(
            say(
                "{folder} is a programme of {sides}. Name the folder of {wanted}",
                folder=str(folder),
                sides="–".join(loaded.programme.sides),
                wanted="–".join(sides),
            )
        )
    return loaded.programme


def add(programme: Programme, commitment: Commitment, folder: Path) -> list[Path]:
    """Write it into the folder. Raises NoAnswer where its id is taken, and what `save` raises."""
    if any(item.id == commitment.id for item in programme.commitments):
        raise NoAnswer(
            say(
                "{folder} has a commitment {id} already. Change that one, or delete it first",
                folder=str(folder),
                id=commitment.id,
            )
        )
    commitments = (*programme.commitments, commitment)
    return save(programme.with_fields(commitments=commitments), folder)
