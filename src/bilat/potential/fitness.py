"""Fitness of countries and complexity of products (Tacchella et al. 2012): the other school.

A product is only as complex as the least fit country that can make it: Q_p = 1 / Σ_c M_cp / F_c,
F_c = Σ_p M_cp Q_p, each divided by its mean after every step.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bilat.potential.presence import Matrix, Vector

SETTLED = 1e-10
"""Largest relative step of a country that still counts. Countries whose fitness tends to zero go
on falling by a power law (Pugliese et al. 2016); below ``NOTHING`` they are left to do so."""
NOTHING = 1e-6


@dataclass(frozen=True)
class Fitness:
    """fitness: (n,), mean 1; complexity: (m,), mean 1; 0 for a country without products, NaN for a
    product that nobody has. settled: False when it was stopped by the number of steps."""

    fitness: Vector
    complexity: Vector
    steps: int
    settled: bool


def fitness(presence: Matrix, *, steps: int = 1000) -> Fitness:
    """Iterates from ones. presence: (n, m) of zeros and ones."""
    has, had = presence.sum(axis=1) > 0, presence.sum(axis=0) > 0
    inner = presence[np.ix_(has, had)]
    countries, products = np.ones(len(inner)), np.ones(inner.shape[1])
    settled, step = not inner.size, 0
    while not settled and step < steps:
        step += 1
        after = inner @ products
        products = 1 / (inner.T @ (1 / np.maximum(countries, np.finfo(float).tiny)))
        after, products = after / after.mean(), products / products.mean()
        moved = np.abs(after - countries) > SETTLED * after
        settled = not bool(np.any(moved & (after > NOTHING)))
        countries = after
    whole = np.zeros(len(has))
    whole[has] = countries
    of_products = np.full(len(had), np.nan)
    of_products[had] = products
    return Fitness(whole, of_products, step, settled)
