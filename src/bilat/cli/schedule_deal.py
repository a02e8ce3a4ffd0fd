"""``bilat schedule FOLDER --deal ID``: the terms of a deal that a programme records."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bilat.brief.facts.contract import Contract
from bilat.brief.facts.deal_schedule import contract_of_deal, terms_of_deal
from bilat.cli.words import translate as _
from bilat.errors import BilatError, Place
from bilat.finance.presets import Stated
from bilat.language import say
from bilat.programme import Deal, Programme, open_programme
from bilat.programme.refusals import suggest
from bilat.register import seen_by


@dataclass(frozen=True)
class Recorded:
    """A deal's terms as if a file stated them, so that options stand over them."""

    name: str
    folder: Path
    stated: Stated
    contract: Contract


def recorded_deal(folder: Path, id_: str, side: str | None) -> Recorded:
    """Raises FolderMissing, ProgrammeInvalid, BilatError for no such deal, NoAnswer without terms.

    side: whose private deals are looked for too.
    """
    programme = seen_by(whole := open_programme(folder), _viewer(whole, side))
    deal = programme.find(Deal, id_)
    if deal is None:
        raise _unknown(programme, id_)
    terms = terms_of_deal(deal).model_dump(mode="json", exclude_unset=True, exclude_none=True)
    place = Place(f"deals/{id_}")

    def locate(_path: Any, *, of_key: bool = False) -> Place:
        return place

    return Recorded(id_, folder, Stated(terms, locate), contract_of_deal(programme, deal))


def _viewer(programme: Programme, side: str | None) -> str:
    if side is None:
        return "joint"
    if side.upper() not in programme.sides:
        text = _("“{side}” is no party; the parties are {sides}", side=side, sides=programme.sides)
        raise click.BadParameter(text, param_hint="--for")
    return side.upper()


def _unknown(programme: Programme, id_: str) -> BilatError:
    known = [deal.id for deal in programme.deals]
    hint = suggest(id_, known) or say("There are: {known}", known=", ".join(known) or "–")
    return BilatError(say("“{id}” is no deal of this programme. {hint}", id=id_, hint=hint))
