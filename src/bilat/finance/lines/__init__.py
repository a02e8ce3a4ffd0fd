"""Credit and leasing lines: what they have left, which deals they may carry, what is still needed.

>>> from bilat.finance.lines import Rates, line_of
>>> line_of(programme, facility, as_of, Rates())  # doctest: +SKIP
"""

from bilat.finance.lines.barred import Barred, read_barred
from bilat.finance.lines.dues import Due, Settled, settle
from bilat.finance.lines.eligibility import Eligibility, Reason, eligibility_of
from bilat.finance.lines.flows import DealFlows, flows_of
from bilat.finance.lines.line import Breach, Line, Span, commitment_fee, line_of, sub_lines
from bilat.finance.lines.need import Need, needs_of, planned_needs
from bilat.finance.lines.placing import Needs, Placed, YearOfNeed, place
from bilat.finance.lines.rates import Rates
from bilat.finance.lines.rooms import rooms_of
from bilat.finance.lines.standing import Standing, standing_of
from bilat.finance.lines.steps import Steps

__all__ = [
    "Barred",
    "Breach",
    "DealFlows",
    "Due",
    "Eligibility",
    "Line",
    "Need",
    "Needs",
    "Placed",
    "Rates",
    "Reason",
    "Settled",
    "Span",
    "Standing",
    "Steps",
    "YearOfNeed",
    "commitment_fee",
    "eligibility_of",
    "flows_of",
    "line_of",
    "needs_of",
    "place",
    "planned_needs",
    "read_barred",
    "rooms_of",
    "settle",
    "standing_of",
    "sub_lines",
]
