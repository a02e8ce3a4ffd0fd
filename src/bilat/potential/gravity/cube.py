"""A three-way estimate laid out by pair and year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bilat.errors import NoAnswer
from bilat.language import say
from bilat.potential.gravity.columns import Codes, Factor
from bilat.potential.gravity.estimate import Estimate
from bilat.potential.presence import Matrix, Vector


@dataclass(frozen=True)
class Roles:
    """The three sets of effects."""

    outward: Factor
    inward: Factor
    pair: Factor


@dataclass(frozen=True)
class Cube:
    """fitted, residual: (P, T) by pair and year, 0 where there is no row. regressors: (K, P, T).

    exporter, importer: (P,) codes from 0. period: (n,) of each row of the fit.
    """

    fitted: Matrix
    residual: Matrix
    regressors: NDArray[np.float64]
    exporter: Codes
    importer: Codes
    period: NDArray[np.intp]

    @property
    def pairs(self) -> int:
        return len(self.fitted)

    @cached_property
    def share(self) -> Matrix:
        """(P, T) of a year in its pair's fitted sum."""
        share: Matrix = self.fitted / self.fitted.sum(axis=1, keepdims=True)
        return share


def cube_of(estimate: Estimate, roles: Roles, time: str) -> Cube:
    fit, pair, outward = estimate.fit, roles.pair, roles.outward
    years, year = np.unique(outward.keys[outward.columns.index(time)], return_inverse=True)
    period = year[outward.codes]

    def laid(values: Vector) -> Matrix:
        whole = np.zeros((pair.levels, len(years)))
        whole[pair.codes, period] = values
        return whole

    def country(effect: Factor) -> Codes:
        column = next(name for name in effect.columns if name != time)
        return np.unique(pair.keys[pair.columns.index(column)], return_inverse=True)[1].astype(
            np.int32
        )

    regressors = np.stack([laid(regressor) for regressor in fit.regressors])
    residual = laid(fit.trade - fit.fitted)
    sides = country(outward), country(roles.inward)
    return Cube(laid(fit.fitted), residual, regressors, *sides, period)


def roles_of(estimate: Estimate, time: str) -> Roles:
    by_name = {effect.name: effect for effect in estimate.fit.panel.effects}
    effects = [by_name[name] for name in estimate.effects]
    timed = [effect for effect in effects if time in effect.columns]
    pairs = [effect for effect in effects if time not in effect.columns]
    countries = {name for effect in timed for name in effect.columns} - {time}
    sizes = [len(effect.columns) for effect in effects]
    if len(timed) != 2 or sizes != [2, 2, 2] or countries != set(pairs[0].columns):
        raise NoAnswer(
            say(
                "the correction is for three sets of effects: exporter and {time}, importer and "
                "{time}, exporter and importer. Here they are {effects}",
                time=time,
                effects=", ".join(estimate.effects),
            )
        )
    return Roles(timed[0], timed[1], pairs[0])
