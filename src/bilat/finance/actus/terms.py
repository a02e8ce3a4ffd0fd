"""The terms of a contract, typed: names, units and meaning are the ACTUS dictionary's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal, get_args

from bilat.finance.actus.businessday import CALENDARS, BusinessDay, Convention, Shift
from bilat.finance.actus.cycles import Cycle, EndOfMonth, cyclic_dates
from bilat.finance.actus.daycount import DayCount, YearFraction, year_fraction
from bilat.finance.actus.faults import ContractInvalid
from bilat.finance.actus.vocabulary import SIGNS
from bilat.language import Message

ContractType = Literal["PAM", "ANN", "LAM", "NAM"]
Subject = Literal[
    "InterestPayment", "PrincipalRedemption", "RateReset", "Fee", "ScalingIndex",
    "InterestCalculationBase",
]  # fmt: skip
SUBJECTS: tuple[Subject, ...] = get_args(Subject)
"""What has a cycle and an anchor of its own: ``cycleOfFee``, ``cycleAnchorDateOfFee``."""


@dataclass(frozen=True)
class Repeat:
    """One subject's cycle and anchor, either of which may be missing."""

    anchor: datetime | None = None
    cycle: Cycle | None = None

    def __bool__(self) -> bool:
        return self.anchor is not None or self.cycle is not None


@dataclass(frozen=True)
class Terms:
    """One contract. Amounts in its currency; rates as fractions of one a year (0.08 is 8 %)."""

    contract_id: str
    contract_type: ContractType
    contract_role: str
    status_date: datetime
    initial_exchange_date: datetime
    notional_principal: Decimal
    repeats: dict[Subject, Repeat]
    currency: str = ""
    settlement_currency: str = ""
    maturity_date: datetime | None = None
    amortization_date: datetime | None = None
    nominal_interest_rate: Decimal | None = None
    accrued_interest: Decimal | None = None
    day_count_convention: DayCount | None = None
    business_day_convention: Convention = "NULL"
    end_of_month_convention: EndOfMonth = "SD"
    calendar: str = "NC"
    capitalization_end_date: datetime | None = None
    premium_discount_at_ied: Decimal = Decimal(0)
    next_principal_redemption_payment: Decimal | None = None
    interest_calculation_base: Literal["NT", "NTIED", "NTL"] = "NT"
    interest_calculation_base_amount: Decimal | None = None
    market_object_code_of_rate_reset: str | None = None
    rate_spread: Decimal = Decimal(0)
    rate_multiplier: Decimal = Decimal(1)
    next_reset_rate: Decimal | None = None
    life_cap: Decimal | None = None
    life_floor: Decimal | None = None
    period_cap: Decimal | None = None
    period_floor: Decimal | None = None
    fee_basis: Literal["A", "N"] | None = None
    fee_rate: Decimal | None = None
    fee_accrued: Decimal | None = None
    scaling_effect: Literal["000", "I00", "0N0", "IN0"] = "000"
    market_object_code_of_scaling_index: str = ""
    scaling_index_at_contract_deal_date: Decimal | None = None
    notional_scaling_multiplier: Decimal = Decimal(1)
    interest_scaling_multiplier: Decimal = Decimal(1)
    prepayment_effect: Literal["N", "A", "M"] = "N"
    penalty_type: Literal["O", "A", "R", "I"] = "O"
    penalty_rate: Decimal = Decimal(0)
    purchase_date: datetime | None = None
    price_at_purchase_date: Decimal | None = None
    termination_date: datetime | None = None
    price_at_termination_date: Decimal | None = None

    @property
    def sign(self) -> int:
        """+1 where the creator of the record is owed, −1 where it owes."""
        return SIGNS[self.contract_role]

    @property
    def amortizes(self) -> bool:
        return self.contract_type != "PAM"

    @property
    def is_business_day(self) -> BusinessDay:
        return CALENDARS[self.calendar]

    @property
    def shift(self) -> Shift:
        return Shift(self.business_day_convention, self.is_business_day)

    def year_fraction(self) -> YearFraction:
        convention = self.day_count_convention or "A365"  # without a rate nothing is counted
        return year_fraction(convention, self.is_business_day, self.maturity_date)

    def anchor(self, subject: Subject) -> datetime | None:
        """Where the subject's cycle starts: its anchor, else one cycle after the exchange."""
        repeat = self.repeats[subject]
        if repeat.anchor or not repeat.cycle:
            return repeat.anchor
        return repeat.cycle.step(self.initial_exchange_date, 1, self.end_of_month_convention)

    def dates(self, subject: Subject, end: datetime, *, with_end: bool) -> list[datetime]:
        """The subject's dates up to the end, unshifted; none where the terms give no cycle."""
        anchor, cycle = self.anchor(subject), self.repeats[subject].cycle
        if anchor is None:
            return []
        return cyclic_dates(anchor, cycle, end, self.end_of_month_convention, with_end=with_end)

    def invalid(self, term: str, what: Message) -> ContractInvalid:
        return ContractInvalid(self.contract_id, term, what)
