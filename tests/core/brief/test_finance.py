"""The co-chairs read the finance of the brief: the same facts as the officer's own report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.core.brief.brief_notation import MakeBrief, MakeOutput

from bilat.brief.charts.facilities import use_chart
from bilat.brief.facts.finance import FinanceAsked, finance_facts
from bilat.brief.formats import renderer
from bilat.brief.story.blocks import Paragraph
from bilat.finance.lines import Rates
from bilat.language import Words

LINE = """
facilities:
  - {id: line, title: Machine line, kind: credit, sources: [table], revolving: true,
     limit: {amount: 1000000, currency: USD}}
deals:
"""
LATE = """\
  - {id: tractors, title: Tractors, facility: line, sources: [table], signed: 2025-01-01,
     stage: drawn, amount: {amount: 600000, currency: USD}, payments: [],
     terms: {amount: {amount: 600000, currency: USD}, start: 2025-01-01, months: 12, every: 3,
       repayment: equal_principal, rate: {percent: 0}}}
"""
FUTURE = """\
  - {id: lifts, title: Lifts, facility: line, sources: [table], signed: 2026-03-01, stage: agreed,
     amount: {amount: 500000, currency: USD}}
"""
PRIVATE = """\
  - {id: rigs, title: Secret rigs, facility: line, sources: [table], signed: 2025-03-01,
     stage: signed, amount: {amount: 450000, currency: USD}, visibility: BLR}
"""


def test_the_chart_of_a_line_names_each_year_once(output: MakeOutput) -> None:
    made = output(LINE, LATE)
    chart = use_chart(made.brief, "line", Words("en")).to_dict()
    axes = [layer["encoding"]["x"]["axis"] for layer in chart["layer"][:2]]
    assert axes[0] == axes[1]
    years = axes[0]["values"]
    assert years == sorted({int(year) for year in years})
    assert years[0] <= 2025 < years[-1]


def test_the_brief_says_what_is_late_and_what_will_be_exceeded(output: MakeOutput) -> None:
    """300,000 are late since April and July and stay; 800,000 more in March are too much."""
    made = output(LINE, LATE, FUTURE.replace("500000", "800000"))
    section = next(item for item in made.story.sections if item.anchor == "finance")
    said = [made.words(block.text) for block in section.blocks if isinstance(block, Paragraph)]
    assert said == [
        "Machine line: will be exceeded by 100,000 USD on 1 March 2026, by “Lifts”.",
        "Tractors: 300,000 USD past due for 183 days.",
    ]
    assert "Tractors: 300,000 USD past due for 183 days." in renderer("html")(made).decode()


def test_instalments_that_are_still_ahead_free_the_line(brief: MakeBrief) -> None:
    """450,000 are late and stay; 150,000 fall due on 1 January 2026: 450,000 + 500,000 fit."""
    (line,) = brief(LINE, LATE, FUTURE, as_of="2025-10-02").finance.lines
    assert line.use.breach is None
    assert line.years[-1].peak == 950_000


def test_the_brief_and_the_report_have_one_computation(output: MakeOutput) -> None:
    made = output(LINE, LATE, FUTURE)
    asked = FinanceAsked(Rates("USD", {"EUR": Decimal("1.1")}))
    assert finance_facts(made.programme, date(2025, 10, 1), asked) == made.brief.finance


def test_a_private_deal_moves_no_number_of_the_other_side(output: MakeOutput) -> None:
    joint = output(LINE, LATE, PRIVATE)
    for viewer in ("joint", "KGZ"):
        made = output(LINE, LATE, PRIVATE, viewer=viewer)
        assert made.brief.finance == joint.brief.finance
        for name in ("html", "json", "ics"):
            assert b"Secret rigs" not in renderer(name)(made)
    (line,) = joint.brief.finance.lines
    assert line.use.used == 600_000
    own = output(LINE, LATE, PRIVATE, viewer="BLR").brief.finance
    assert own.lines[0].use.used == 1_050_000
    assert own.lines[0].use.breach is not None


def test_payments_stand_in_the_calendar_until_they_are_made(output: MakeOutput) -> None:
    paid = LATE.replace("payments: []", "payments: [{on: 2025-04-01, amount: 150000}]")
    text = renderer("ics")(output(LINE, paid)).decode().replace("\r\n ", "")
    days = [line for line in text.splitlines() if line.startswith("UID:deal-")]
    assert days == [
        f"UID:deal-tractors-{day}@blr-kgz.bilat"
        for day in ("2025-07-01", "2025-10-01", "2026-01-01")
    ]
    assert "SUMMARY:Payment due: 150\\,000 USD\\, Tractors" in text


def test_a_deal_that_is_only_asked_for_has_no_payments_in_the_calendar(output: MakeOutput) -> None:
    asked = LATE.replace("stage: drawn", "stage: asked").replace("payments: [],", "")
    assert b"deal-tractors" not in renderer("ics")(output(LINE, asked))


def test_without_lines_the_section_says_so(output: MakeOutput) -> None:
    made = output()
    section = next(item for item in made.story.sections if item.anchor == "finance")
    (block,) = section.blocks
    assert "No credit or leasing line is recorded" in str(getattr(block, "text", ""))


def test_the_finance_of_the_brief_is_data_in_the_readers_language(brief: MakeBrief) -> None:
    text = brief(LINE, LATE).to_json(Words("en"))
    assert '"days_past_due": 183' in text


def test_a_breach_and_arrears_come_onto_the_agenda(brief: MakeBrief) -> None:
    found = brief(LINE, LATE, FUTURE.replace("500000", "800000")).decisions
    english = Words("en")
    said = {english(one.title): one for one in found if one.section == "finance"}
    assert set(said) == {
        "Raise the limit of “Machine line”, or move the draw of “Lifts”",
        "Settle the arrears of 1 deal",
    }
    late = said["Settle the arrears of 1 deal"]
    assert english(late.reason) == "Up to 183 days past due: Tractors"
    assert late.refs == ("deals/tractors",)


def test_a_line_in_order_asks_for_no_decision(brief: MakeBrief) -> None:
    found = brief(LINE, FUTURE).decisions
    assert [one for one in found if one.section == "finance"] == []
