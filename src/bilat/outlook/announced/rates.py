"""A share of targets that were met, with an interval that knows that pairs repeat themselves.

Of n rows in G pairs, y were met. Rows of one pair are alike with the intra-pair correlation ρ, so
the rows count for less:

    n* = n / (1 + (n_A − 1)ρ) · (t_{n−1} / t_{G−1})²,      n_A = Σ n_c² / n

(design effect of Kish, *Survey Sampling*, 1965; the ratio of Student's t quantiles of Korn and
Graubard, *Survey Methodology* 24, 1998, for few clusters), and the interval is that of Jeffreys
with n* in place of n,

    Beta(y n*/n + ½, (n − y) n*/n + ½),

its lower end 0 where none was met and its upper end 1 where all were (Brown, Cai and DasGupta,
*Statistical Science* 16, 2001). Dean and Pagano (*Journal of Survey Statistics and Methodology* 3,
2015) and Franco et al. (the same, 7, 2019) compare it with others for clustered proportions.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, stdtrit

Array = NDArray[np.float64]
Interval = tuple[float, float]


@dataclass(frozen=True)
class Rate:
    """So many of so many were met; intervals are shares, clustered by pair."""

    targets: int
    pairs: int
    met: int
    interval_80: Interval
    interval_95: Interval

    @property
    def share(self) -> float:
        return self.met / self.targets


def rate(met: Array, pairs: Sequence[Hashable], correlation: float) -> Rate | None:
    """The share of ones in ``met`` with its intervals; None where there is no row.

    met: (n,) zeros and ones. pairs: (n,) the cluster of each. correlation: inside a pair, 0 to 1.
    """
    if not len(met):
        return None
    sizes = np.unique(clusters_of(pairs), return_counts=True)[1].astype(float)
    return Rate(
        targets=len(met),
        pairs=len(sizes),
        met=int(met.sum()),
        interval_80=_jeffreys(float(met.sum()), sizes, correlation, 0.80),
        interval_95=_jeffreys(float(met.sum()), sizes, correlation, 0.95),
    )


def clusters_of(pairs: Sequence[Hashable]) -> NDArray[np.int64]:
    """(n,) a number for each row's pair."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(pair, len(numbers)) for pair in pairs], dtype=np.int64)


def pair_correlation(residuals: Array, clusters: NDArray[np.int64]) -> float:
    """Mean product of two residuals of one pair over their mean square, at least 0.

    residuals: (n,) of mean zero and one variance (Pearson residuals of a fit). The moment estimator
    of Liang and Zeger, *Biometrika* 73, 1986, without their correction for the number of
    coefficients. 0 where no pair has two rows.
    """
    variance = float((residuals**2).mean())
    sums = np.bincount(clusters, weights=residuals)
    squares = np.bincount(clusters, weights=residuals**2)
    sizes = np.bincount(clusters)
    products = float((sizes * (sizes - 1)).sum())
    if not products or not variance:
        return 0.0
    return float(np.clip((sums**2 - squares).sum() / products / variance, 0.0, 1.0))


def _jeffreys(met: float, sizes: Array, correlation: float, level: float) -> Interval:
    count = float(sizes.sum())
    effect = 1 + (float((sizes**2).sum()) / count - 1) * correlation
    tail = (1 + level) / 2
    few = stdtrit(max(count - 1, 1), tail) / stdtrit(max(len(sizes) - 1, 1), tail)
    weight = float(few**2) / effect
    yes, no = met * weight + 0.5, (count - met) * weight + 0.5
    low = 0.0 if met == 0 else float(betaincinv(yes, no, 1 - tail))
    high = 1.0 if met == count else float(betaincinv(yes, no, tail))
    return low, high
