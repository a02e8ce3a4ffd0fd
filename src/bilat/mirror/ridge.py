"""The margin and all biases at once: one ridge regression on the mean discrepancies of pairs.

    r̄_ij = x_ij·(α, β, χ, δ) − b^X_i + b^M_j,    b ~ N(0, prior)

No two exporters meet in one discrepancy, so that their part of the normal equations is diagonal; it
is taken out first (Schur complement), which leaves half the unknowns. Products are summed by
`einsum`: a matrix library splits them among threads that wait for each other on a busy machine,
twenty times as long as it takes to reckon.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bilat.mirror.cells import Floats
from bilat.mirror.margin import FEATURES, HIGHEST


@dataclass(frozen=True)
class Ridge:
    """coefficients: (4,) of the margin. bias, errors: (2, c) by direction, and error variances.
    taken_off: (2, c) error variances of what is taken off each side's logs, the importers' with the
    margin. pair: (c, c) fitted means.
    """

    coefficients: Floats
    bias: Floats
    errors: Floats
    taken_off: Floats
    pair: Floats


def solve(weight: Floats, target: Floats, design: Floats, prior: Floats) -> Ridge:
    """weight, target: (c, c) Σ1/variance and Σr/variance by pair. design: (c, c, 4). prior: (2, c)
    variances of the biases; the coefficients are free."""
    weighted = design * weight[:, :, None]
    own = weight.sum(1) + 1 / prior[0]
    lean = np.concatenate([-weighted.sum(1), -weight], axis=1) / own[:, None]
    theirs = _theirs(weight, weighted, design, prior[1])
    reduced = theirs - np.einsum("ki,kj->ij", lean * own[:, None], lean)
    inverse = np.asarray(np.linalg.inv(reduced), np.float64)
    ours = -target.sum(1)
    right = np.concatenate([np.einsum("ijf,ij->f", design, target), target.sum(0)])
    found = (inverse * (right - (lean * ours[:, None]).sum(0))).sum(1)
    bias = np.stack([ours / own - (lean * found).sum(1), found[FEATURES:]])
    spread = (np.einsum("ki,ji->kj", lean, inverse) * lean).sum(1)
    errors = np.maximum([1 / own + spread, np.diag(inverse)[FEATURES:]], 0.0)
    taken_off = np.stack([errors[0], _with_margin(errors[1], inverse, design, weight)])
    pair = design @ found[:FEATURES] - bias[0][:, None] + bias[1][None, :]
    return Ridge(found[:FEATURES], bias, errors, taken_off, pair)


def _theirs(weight: Floats, weighted: Floats, design: Floats, prior: Floats) -> Floats:
    """(4 + c, 4 + c) normal equations of the coefficients and the importers."""
    size = FEATURES + len(weight)
    normal = np.zeros((size, size))
    normal[:FEATURES, :FEATURES] = np.einsum("ijf,ijg->fg", weighted, design)
    normal[:FEATURES, :FEATURES] += np.eye(FEATURES) * 1e-3
    normal[FEATURES:, :FEATURES] = weighted.sum(0)
    normal[:FEATURES, FEATURES:] = weighted.sum(0).T
    normal[FEATURES:, FEATURES:] = np.diag(weight.sum(0) + 1 / prior)
    return normal


def _with_margin(errors: Floats, inverse: Floats, design: Floats, weight: Floats) -> Floats:
    """(c,) error variance of ln(1 + τ_ij) + b^M_j, averaged over the exporters that j buys from.

    The margin is held between 0 and `HIGHEST`, so that its error is no larger than half of that.
    """
    own = np.einsum("ijf,fg,ijg->ij", design, inverse[:FEATURES, :FEATURES], design)
    crossed = np.einsum("ijf,fj->ij", design, inverse[:FEATURES, FEATURES:])
    added = np.minimum(own + 2 * crossed, (HIGHEST / 2) ** 2)
    share = weight + 1e-9 * weight.max()
    mean = (share * (added + errors)).sum(0) / share.sum(0)
    return np.asarray(np.maximum(mean, 0.0), np.float64)
