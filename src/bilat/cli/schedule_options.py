"""The options of ``bilat schedule``: terms stated on the command line, and how they are written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, get_args

import click

from bilat.brief.formats.deal import FORMATS
from bilat.cli.numbers import Amount, Share
from bilat.cli.words import translate as _
from bilat.finance.presets import Asked
from bilat.programme.deal_terms import Repayment
from bilat.programme.yaml_text import YamlText

Function = TypeVar("Function", bound=Callable[..., Any])


class _Term(click.ParamType[tuple[str, Any]]):
    """``grace.interest=3``: a term by its name in the file, and its value as YAML."""

    name = "term"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, Any]:
        name, sign, text = str(value).partition("=")
        if not (name.strip() and sign):
            self.fail(_("“{value}” sets no term: write grace.interest=3", value=value))
        read, problems = YamlText(f"--set {name}", text).read()
        if problems:
            self.fail(_("“{value}” cannot be read; write lists as [a, b]", value=value))
        return name.strip(), read


def _split(_ctx: click.Context, _parameter: click.Parameter, value: Any) -> tuple[str, ...]:
    """``xlsx,docx`` and ``--formats xlsx --formats docx`` mean the same."""
    wanted = [name.strip().lower() for text in value for name in text.split(",") if name.strip()]
    for name in wanted:
        if name not in FORMATS:
            known = ", ".join(FORMATS)
            raise click.BadParameter(
                _("unknown format {name}; known are {known}", name=name, known=known)
            )
    return tuple(dict.fromkeys(wanted))


def _day(_ctx: click.Context, _parameter: click.Parameter, value: datetime | None) -> Any:
    return value.date() if value else None


DAY = click.DateTime(["%Y-%m-%d"])
_TERMS = (
    click.option("--kind", type=click.Choice(["loan", "lease"]), help=_("What it is.")),
    click.option("--price", type=Amount(), help=_("Price of what is bought.")),
    click.option("--amount", type=Amount(), help=_("Amount financed.")),
    click.option("--currency", metavar="CODE", help=_("Currency of these amounts, such as USD.")),
    click.option(
        "--advance", type=Share(), help=_("The buyer's own part of the price: 20% or 0.2.")
    ),
    click.option(
        "--from",
        "start",
        type=DAY,
        metavar="YYYY-MM-DD",
        callback=_day,
        help=_("Day of the first drawdown."),
    ),
    click.option("--months", type=click.IntRange(1, 600), help=_("The term in months.")),
    click.option("--rate", type=Share(), help=_("Interest rate a year: 8.5% or 0.085.")),
    click.option(
        "--repayment",
        type=click.Choice(get_args(Repayment)),
        help=_("How principal is repaid."),
    ),
    click.option("--every", type=click.IntRange(1, 120), help=_("Months between payments.")),
    click.option(
        "--grace", type=click.IntRange(0, 600), help=_("Months without payment of principal.")
    ),
    click.option(
        "--set",
        "others",
        type=_Term(),
        multiple=True,
        metavar="NAME=VALUE",
        help=_("Any other term by its name in the file; may be given several times."),
    ),
)


def term_options(function: Function) -> Function:
    """The terms that `asked_terms` reads."""
    for option in reversed(_TERMS):
        function = option(function)
    return function


def formats_option(default: tuple[str, ...]) -> Callable[[Function], Function]:
    """``--formats`` as a list with commas, or several times."""
    return click.option(
        "--formats",
        multiple=True,
        default=default,
        show_default=True,
        callback=_split,
        metavar="LIST",
        help=_(
            "Comma-separated: xlsx, docx (an annex to sign), json, ics, html, csv, parquet, pdf, "
            "png."
        ),
    )


def asked_terms(
    *, grace: int | None, currency: str | None, others: tuple[tuple[str, Any], ...], **named: Any
) -> Asked:
    """The terms of the command line by their names in the file."""
    terms = {name: value for name, value in named.items() if value is not None}
    for name in ("advance", "rate"):
        if name in terms:
            terms[name] = {"percent": terms[name]}
    if grace is not None:
        terms["grace.principal"] = grace
    return Asked({**terms, **dict(others)}, currency.upper() if currency else None)
