"""What a publisher's table looks like: the description that a YAML file of `datasets/` holds.

An oddity of a publisher is a line here, never an `if` in a reader.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from bilat.programme.record import Model, RecordId
from bilat.vocabulary import CountryCode, CurrencyCode, Period

Flow = Literal["X", "M", "RX", "RM"]
Kind = Literal["table", "bulk", "records", "sdmx"]
"""table: CSV or XLSX as people lay it out; bulk: a large plain CSV or TSV; records: JSON; sdmx:
SDMX-CSV, SDMX-JSON or SDMX-ML.

A DataFrame or Arrow table is read with any of them."""


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str | int) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One text or several."""


class TableBeside(Model):
    """A table of codes that the publisher puts beside its files, in the same folder."""

    files: str
    """Pattern of its name, as country_codes_V*.csv; where no such file is, our own codes count."""
    code: str
    """Its column with the codes that the data have."""
    alpha3: str = ""
    """Its column with the country's alpha-3 code."""


class Areas(Model):
    """How the table says who reports, or with whom."""

    columns: Names = ()
    """The column; of several, the first whose text is known decides."""
    code: CountryCode | None = None
    """Where the whole table has one reporter."""
    by: Literal["name", "alpha3", "alpha2", "m49"] = "name"
    """What stands in the column; m49 knows the codes of UN Comtrade and BACI too."""
    languages: Names = ("en", "ru")
    """Languages of the names, for CLDR."""
    world: Names = ()
    """How the table writes the whole world."""
    unspecified: Names = ()
    """How it writes areas that it does not name."""
    rests: dict[str, str] = Field(default_factory=dict)
    """Areas named only by where they lie, as written → our name; they count into a total."""
    groups: dict[str, str] = Field(default_factory=dict)
    """Groups of countries, as written → our name for it; never counted into a total."""
    table: TableBeside | None = None
    aliases: dict[str, str] = Field(default_factory=dict)
    """Other writings of a country → alpha-3."""


class Flows(Model):
    """Which way the goods went, where a column says so."""

    column: str = ""
    values: dict[str, Flow] = Field(default_factory=dict)
    """As written → X, M, RX, RM."""


class Periods(Model):
    """When. One column (2023, 202305, 2023-05, 2023-Q2), or a year's and a month's."""

    column: str = ""
    month: str = ""
    """Column of the month (1–12), beside `column` with the year."""
    fixed: Period | None = None
    """Where the whole table is of one period."""
    whole_year: Names = ()
    """What the month's column says in a row of the year."""
    months: Literal["single", "cumulative"] = "single"
    """Whether the row of May holds May, or January to May."""
    year_to_date: bool = False
    """True where the year's row covers only the months that the table has of that year."""


class Products(Model):
    """What was traded; left out where a table has totals only."""

    column: str = ""
    classification: str = ""
    """H0–H6 or S1–S4, where the whole table has one."""
    classification_column: str = ""
    classifications: dict[str, str] = Field(default_factory=dict)
    """As written → H0–H6 or S1–S4."""
    total: Names = ()
    """How the table writes the sum of all products."""
    confidential: Names = ()
    """How it writes what it shows under no product."""
    pad_to: int = 0
    """Digits of a full code, where leading zeros were lost."""
    table: TableBeside | None = None
    """Where it is there, codes that it does not have are problems."""
    least_share: float = Field(0.5, ge=0, le=1)
    """Lines that make less of their total than this are a selection of products."""


class ValueColumn(Model):
    """A column of values; several stand side by side where each is one flow or period."""

    column: str
    flow: Flow | None = None
    period: Period | None = None


class Amounts(Model):
    """Weights and other quantities beside the value."""

    weight: str = ""
    """Column of the net weight."""
    kg: float = Field(1.0, gt=0)
    """Kilograms in its unit: 1000 for tonnes."""
    quantity: str = ""
    unit: str = ""
    """The quantity's unit, where it is one for the whole table."""
    unit_column: str = ""
    units: dict[str, str] = Field(default_factory=dict)
    """As written → unit; an empty unit says that there is no quantity."""


class Layout(Model):
    """How the file is written down."""

    encoding: str = "utf-8-sig"
    delimiter: str = ""
    """Empty: the comma, semicolon or tab that the header has most of."""
    decimal: Literal[".", ","] = "."
    sheet: str = ""
    """Of an XLSX file; its first by default."""
    skip_rows: int = Field(0, ge=0)
    """Rows of title above the header."""
    header_rows: int = Field(1, ge=1)
    """Rows of the header; their texts are joined with “ / ”, merged cells count for each column."""
    missing: Names = ("", "NA", "…", "...", "-", "–", "—")
    """What stands in a cell without a number."""


class Rows(Model):
    """How many rows of data the publisher's file has."""

    least: int = Field(0, ge=0)
    most: int | None = None


class Dataset(Model):
    """One publisher's table."""

    id: RecordId
    title: str
    publisher: str
    licence: str
    address: str
    note: str = ""
    """What a reader of the numbers has to know."""
    kind: Kind
    layout: Layout = Layout()
    reporter: Areas
    partner: Areas
    flow: Flows = Flows()
    period: Periods
    product: Products = Products()
    values: tuple[ValueColumn, ...] = Field(min_length=1)
    amounts: Amounts = Amounts()
    currency: CurrencyCode = "USD"
    currency_column: str = ""
    scale: float = Field(1.0, gt=0)
    """Currency units in one unit of the table: 1000 for thousands."""
    power_column: str = ""
    """Column with a power of ten that multiplies the value (SDMX: UNIT_MULT)."""
    valuation: dict[Flow, Literal["FOB", "CIF"]] = Field(default_factory=dict)
    """Flow → FOB or CIF, where no column says it."""
    valuation_columns: dict[Literal["FOB", "CIF"], str] = Field(default_factory=dict)
    """Columns with the value in each valuation: the one that equals the value says which it is."""
    only: dict[str, Names] = Field(default_factory=dict)
    """Rows are taken only where the column says one of these: other breakdowns repeat them."""
    same_key: Literal["refuse", "add"] = "refuse"
    """Two rows of one key: a problem, or parts of one number (two names of one country)."""
    rows: Rows = Rows()
    tolerance: float = Field(0.001, ge=0)
    """Share of a total that may be missing from its lines before it is told."""

    @property
    def valuations(self) -> dict[str, str]:
        """Flow → FOB or CIF."""
        return {str(flow): value for flow, value in self.valuation.items()}
