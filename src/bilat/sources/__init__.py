"""One small reader per kind of statistics file: files → tidy reports, and problems beside them."""

from bilat.sources.concordance import Concordance, read_concordance
from bilat.sources.currency import Rates, read_national_rates, read_rates
from bilat.sources.dataset import Dataset
from bilat.sources.editions import Conversion, convert
from bilat.sources.months import single_months
from bilat.sources.reading import Reading, read
from bilat.sources.registry import DatasetInvalid, DatasetUnknown, dataset, datasets
from bilat.sources.report import CONFIDENTIAL, REPORTS, TOTAL

__all__ = [
    "CONFIDENTIAL",
    "REPORTS",
    "TOTAL",
    "Concordance",
    "Conversion",
    "Dataset",
    "DatasetInvalid",
    "DatasetUnknown",
    "Rates",
    "Reading",
    "convert",
    "dataset",
    "datasets",
    "read",
    "read_concordance",
    "read_national_rates",
    "read_rates",
    "single_months",
]
