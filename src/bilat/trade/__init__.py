"""The analyst's questions: each side's series, what changed, through which products, at what
prices, and why do the two sides differ.

>>> import numpy as np
>>> from bilat.trade import product_change
>>> change = product_change(np.array([10.0, 5.0, 0.0]), np.array([14.0, 0.0, 3.0]))
>>> change.continuing, change.new, change.lost
(4.0, 3.0, 5.0)
"""

from bilat.trade.decomposition import (
    Concentration,
    PriceChange,
    ProductChange,
    concentration,
    price_change,
    product_change,
)
from bilat.trade.discrepancy import REASONS, Mirrored, Reason, Thresholds, likely_reason
from bilat.trade.observed import Reported, join
from bilat.trade.pair import PairStatistics, read_statistics
from bilat.trade.point import Point
from bilat.trade.reconciled import Reconciled, reconcile_years
from bilat.trade.series import Series, side_series
from bilat.trade.whole import BOTH, reconcile_ways, reconciled_series

__all__ = [
    "BOTH",
    "REASONS",
    "Concentration",
    "Mirrored",
    "PairStatistics",
    "Point",
    "PriceChange",
    "ProductChange",
    "Reason",
    "Reconciled",
    "Reported",
    "Series",
    "Thresholds",
    "concentration",
    "join",
    "likely_reason",
    "price_change",
    "product_change",
    "read_statistics",
    "reconcile_ways",
    "reconcile_years",
    "reconciled_series",
    "side_series",
]
