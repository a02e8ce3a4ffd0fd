"""Gravity equations of trade: Poisson pseudo maximum likelihood with fixed effects."""

from bilat.potential.gravity.bias import Corrected, corrected
from bilat.potential.gravity.covariance import SmallSample
from bilat.potential.gravity.estimate import Effect, Estimate
from bilat.potential.gravity.ppml import ppml
from bilat.potential.gravity.sample import Dropped, Fate

__all__ = ["Corrected", "Dropped", "Effect", "Estimate", "Fate", "SmallSample", "corrected", "ppml"]
