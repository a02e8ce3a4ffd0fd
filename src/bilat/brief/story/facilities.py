"""Finance told: the lines, their deals and the programme's need, in the brief and by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bilat.brief.brief import Brief
from bilat.brief.facts.finance import FinanceFact
from bilat.brief.facts.finance_lines import LineFact
from bilat.brief.story.blocks import (
    Block,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Percent,
    Section,
    Story,
)
from bilat.brief.story.closing import assumptions_section, sources_section
from bilat.brief.story.facilities_deals import (
    arrears_said,
    deals_table,
    dues_table,
    payments_table,
    reasons_table,
    refusals_said,
)
from bilat.brief.story.facilities_lines import (
    breach_said,
    fees_table,
    line_charts,
    lines_table,
    missing_said,
    months_table,
    sub_limits_table,
    years_table,
)
from bilat.brief.story.facilities_need import (
    gaps_said,
    left_out_table,
    need_chart,
    need_table,
    need_years_table,
    unknown_said,
)
from bilat.language import say
from bilat.vocabulary import Money


def tell_finance(brief: Brief) -> Story:
    """What a finance officer asks: the answer, lines, deals, need; then what it rests on."""
    found = brief.finance
    sections = [
        Section("summary", say("In short"), (*_findings(brief), *_figures(found))),
        Section("lines", say("Credit and leasing lines"), tuple(_lines(found))),
        Section("deals", say("Deals"), tuple(_deals(brief))),
        Section("need", say("What the programme needs"), tuple(_need(found))),
    ]
    closing = (assumptions_section(brief), sources_section(brief))
    return Story(
        title=brief.title,
        subtitle=say("Finance as of {day}", day=brief.as_of)
        if brief.viewer == "joint"
        else say(
            "Finance as of {day}, with the private records of {side}: not for the other side",
            day=brief.as_of,
            side=brief.side_name(brief.viewer),
        ),
        sections=(*sections, *(section for section in closing if section)),
    )


def finance_section(brief: Brief) -> Section:
    """The same facts in the brief: lines and deals, what is exceeded, late, refused and missing."""
    found = brief.finance
    if not found.lines:
        text = say("No credit or leasing line is recorded.")
        return Section("finance", say("Finance"), (Paragraph(text),))
    used = [line for line in found.lines if line.levels]
    return Section(
        "finance",
        say("Finance"),
        (
            *finance_warnings(found, brief.as_of),
            lines_table(found.lines),
            *line_charts(used),
            *((deals_table(found.deals),) if found.deals else ()),
            *((need_years_table(found.needs),) if found.needs.years else ()),
        ),
    )


def _findings(brief: Brief) -> Iterator[Block]:
    found = brief.finance
    if not found.lines:
        yield Paragraph(
            say("No line is recorded yet. Add one under “facilities” in programme.yaml."),
            tone="quiet",
        )
    warnings = tuple(finance_warnings(found, brief.as_of))
    yield from warnings
    if found.lines and not warnings:
        yield _calm(found)
    yield from unknown_said(found.needs)
    for line in found.lines:
        if line.missing:
            yield Paragraph(missing_said(line), tone="quiet")


def _calm(found: FinanceFact) -> Paragraph:
    """All is well only as far as limits are known."""
    if any(line.use.limit is None for line in found.lines):
        text = say("Not every line states its limit: what is free, and how long, cannot be said.")
        return Paragraph(text, tone="warn")
    text = say("No limit is exceeded or will be, and nothing is known to be past due.")
    return Paragraph(text, tone="good")


def finance_warnings(found: FinanceFact, as_of: date) -> Iterator[Paragraph]:
    """What needs somebody to act, the gravest first."""
    for text in found.problems:
        yield Paragraph(text, tone="bad")
    for line in found.lines:
        yield from breach_said(line, as_of)
    yield from arrears_said(found.deals)
    yield from refusals_said(found.deals)
    yield from gaps_said(found.needs)


def _figures(found: FinanceFact) -> Iterator[Block]:
    figures = tuple(figure for line in found.lines for figure in _figures_of(line))
    if figures:
        yield KeyFigures(figures)


def _figures_of(line: LineFact) -> Iterator[KeyFigure]:
    use = line.use
    if use.limit is None or use.free is None or use.utilisation is None:
        return
    yield KeyFigure(
        Percent(use.utilisation, 1, qualifier="more_than" if use.incomplete else None),
        say("of {limit} used: {title}", limit=use.limit, title=line.title),
        line.sources,
        tone="bad" if use.free < 0 else None,
    )
    if use.free > 0 and not use.incomplete:
        yield KeyFigure(
            Money(amount=use.free, currency=use.currency),
            say("free: {title}", title=line.title),
        )


def _lines(found: FinanceFact) -> Iterator[Block]:
    if not found.lines:
        yield Paragraph(say("No credit or leasing line is recorded."))
        return
    yield lines_table(found.lines, essential=True)
    used = [line for line in found.lines if line.levels]
    yield from line_charts(used)
    if any(line.sub_limits for line in found.lines):
        yield sub_limits_table(found.lines)
    if used:
        yield years_table(used)
        yield months_table(used)
    if any(span.fee for line in found.lines for span in line.years):
        yield fees_table(found.lines)


def _deals(brief: Brief) -> Iterator[Block]:
    deals = brief.finance.deals
    if not deals:
        yield Paragraph(
            say("No deal is recorded: add what is asked for, agreed or drawn under “deals”.")
        )
        return
    yield deals_table(deals, essential=True)
    if any(deal.paid is not None for deal in deals):
        yield payments_table(deals)
    if any(deal.reasons for deal in deals):
        yield reasons_table(deals)
    if any(deal.dues for deal in deals):
        yield dues_table(deals, brief.as_of)


def _need(found: FinanceFact) -> Iterator[Block]:
    needs = found.needs
    if not needs.measures:
        yield Paragraph(
            say("No measure states what finance it needs: add “finance” to its effect.")
        )
    else:
        if needs.planned:
            yield Paragraph(say("The needs are those of the plan, in its years and at its scale."))
        yield need_table(needs)
        yield need_years_table(needs, essential=True)
        yield from need_chart(needs)
    if needs.left_out:
        yield left_out_table(needs)
