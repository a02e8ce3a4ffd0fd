"""The reference class of announced bilateral targets: who tried this before, and how it ended.

>>> from bilat.outlook.announced import base_rate, read_announced
>>> targets, problems = read_announced()
>>> base = base_rate(targets, required_growth=0.303, horizon=5, level=500e6)
>>> band = base.comparable
>>> band.rate.met, band.rate.targets, round(base.estimate.chance, 2)
(3, 19, 0.06)
"""

from bilat.outlook.announced.base_rate import (
    Alternative,
    BaseRate,
    Case,
    base_rate,
    leading_country,
)
from bilat.outlook.announced.comparison import Asked, Band, Estimate
from bilat.outlook.announced.dataset import read_announced
from bilat.outlook.announced.explain import notes, why_they_differ
from bilat.outlook.announced.rates import Rate
from bilat.outlook.announced.standing import Standing
from bilat.outlook.announced.target import AnnouncedTarget

__all__ = [
    "Alternative",
    "AnnouncedTarget",
    "Asked",
    "Band",
    "BaseRate",
    "Case",
    "Estimate",
    "Rate",
    "Standing",
    "base_rate",
    "leading_country",
    "notes",
    "read_announced",
    "why_they_differ",
]
