"""The tidy report: one row says what one reporter declared of one flow, in one period and product.

Every reader makes this table and every later room takes it, so that an oddity of a publisher ends
in its reader.
"""

from __future__ import annotations

import pyarrow as pa

TOTAL = "TOTAL"
"""Product code of a sum over all products."""
CONFIDENTIAL = "XXXXXX"
"""Product code of what a reporter counts in its total and shows under no product."""
WORLD = "WLD"
UNSPECIFIED = "_X"
"""Partner code of areas that the reporter does not name."""

FLOWS = ("X", "M", "RX", "RM")
"""Export, import, re-export, re-import; exports include re-exports where a reporter counts so."""
PARTNER_KINDS = ("country", "group", "world", "unspecified")

REPORTS = pa.schema(
    [
        pa.field("reporter", pa.string(), nullable=False),  # ISO 3166 alpha-3
        pa.field("partner", pa.string(), nullable=False),  # alpha-3, WLD, _X, or a group's name
        pa.field("partner_kind", pa.string(), nullable=False),  # one of PARTNER_KINDS
        pa.field("flow", pa.string(), nullable=False),  # one of FLOWS
        pa.field("start", pa.date32(), nullable=False),  # first day of the period
        pa.field("months", pa.int16(), nullable=False),  # its length: 1, 3, 12 …
        pa.field("classification", pa.string(), nullable=False),  # H0–H6, S1–S4; "" for TOTAL only
        pa.field("product", pa.string(), nullable=False),  # a code, TOTAL or CONFIDENTIAL
        pa.field("value_usd", pa.float64(), nullable=False),  # dollars, not thousands
        pa.field("value_original", pa.float64()),  # in `currency`, as published
        pa.field("currency", pa.string(), nullable=False),  # ISO 4217
        pa.field("rate", pa.float64()),  # `currency` per dollar; 1 for dollars
        pa.field("net_kg", pa.float64()),
        pa.field("quantity", pa.float64()),
        pa.field("quantity_unit", pa.string()),
        pa.field("valuation", pa.string()),  # FOB, CIF, or null where it is not stated
        pa.field("dataset", pa.string(), nullable=False),  # id of the dataset's description
        pa.field("vintage", pa.date32(), nullable=False),  # the day this version was published
        pa.field("file", pa.string(), nullable=False),  # where the row was read …
        pa.field("line", pa.int64(), nullable=False),  # … and on which line or record, from 1
    ]
)
_REPEATED = ("start", "months", "vintage")


def _coded(field: pa.Field) -> pa.Field:
    if pa.types.is_string(field.type) or field.name in _REPEATED:
        return field.with_type(pa.dictionary(pa.int32(), field.type))
    return field


CODED = pa.schema([_coded(field) for field in REPORTS])
"""The same table with repeated words and days as numbers into dictionaries: a third of the size."""
KEY = ("reporter", "partner", "flow", "start", "months", "classification", "product", "dataset")
"""What identifies a number; of several vintages the latest that was out on a day counts."""
