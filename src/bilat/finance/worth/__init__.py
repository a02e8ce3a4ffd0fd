"""What a deal is worth: effective rates, grant element, the books of a lease, average life.

Flows are days with Decimal amounts, + received and − paid; rates are effective, a year, 0.08.
"""

from bilat.finance.worth.flows import Flow, actual_365, present_value, whole_months
from bilat.finance.worth.grant import (
    grant_element,
    grant_element_of_equal_principal,
    grant_element_of_periods,
    is_concessional,
)
from bilat.finance.worth.lease import (
    Lease,
    depreciation_table,
    implicit_rate,
    lessee_table,
    lessor_table,
    right_of_use,
)
from bilat.finance.worth.lease_of_deal import lease_of
from bilat.finance.worth.measures import average_life, duration, monthly
from bilat.finance.worth.rates import InternalRate, effective, internal_rate, nominal, per_period

__all__ = [
    "Flow",
    "InternalRate",
    "Lease",
    "actual_365",
    "average_life",
    "depreciation_table",
    "duration",
    "effective",
    "grant_element",
    "grant_element_of_equal_principal",
    "grant_element_of_periods",
    "implicit_rate",
    "internal_rate",
    "is_concessional",
    "lease_of",
    "lessee_table",
    "lessor_table",
    "monthly",
    "nominal",
    "per_period",
    "present_value",
    "right_of_use",
    "whole_months",
]
