"""How a code's value is shared out where the next edition splits it.

Within each group of codes that are linked with one another, the shares b are those for which the
flows that were reported in both editions fit best,

    min_b Σ_o Σ_j (y_oj − Σ_i x_oi b_ij)²,   b_ij ≥ 0,   Σ_j b_ij = 1,

with x the values in the first edition and y in the second of the same flow o: the method of
Lukaszuk and Torun, Harmonizing the Harmonized System, 2022. Where too few flows are known in both
editions, all targets get equal shares.

A code that takes from very many others, as the HS 2022's waste of electrical goods takes from every
machine, gets nothing from a code that has another target: equal shares would turn most machines
into waste. The result calls such a target likely.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bilat.sources.concordance import DIGITS, Concordance, Step

Basis = Literal["one target", "learned", "likely target", "equal shares"]
OVERLAP = ("reporter", "partner", "flow", "start", "months")
"""What makes two rows one flow in two editions."""
STRICT = 1e3
"""Weight of the condition that a code's shares make one, beside values of mean 1."""

CATCH_ALL = 50
"""A code that is linked with more codes than this takes the rest of everything."""

MOST_FLOWS = 300
"""The largest flows say it; more would only take time."""

Targets = Mapping[str, tuple[str, ...]]
Flows = dict[str, dict[tuple[object, ...], float]]
"""Code → flow → dollars."""


class Share(NamedTuple):
    """What part of a code goes to a target, and how that is known."""

    target: str
    share: float
    basis: Basis


def shares(
    concordance: Concordance, step: Step, overlap: pa.Table | None
) -> dict[str, tuple[Share, ...]]:
    """Code → its shares in the next edition; overlap: reports that hold both editions."""
    targets = concordance.targets(step)
    likely = _likely(targets)
    result = {code: _equal(to, targets[code]) for code, to in likely.items()}
    if overlap is not None:
        first, second = _flows(overlap, step[0]), _flows(overlap, step[1])
        usual = {code: to for code, to in likely.items() if len(to) <= CATCH_ALL}
        for group in _groups(usual):
            result |= _learned(group, usual, first, second)
    return result


def _likely(targets: Targets) -> dict[str, tuple[str, ...]]:
    """Code → its targets without those that take from everything, if others are left."""
    taken = Counter(target for to in targets.values() for target in to)
    usual = {
        code: tuple(target for target in to if taken[target] <= CATCH_ALL)
        for code, to in targets.items()
    }
    return {code: usual[code] or to for code, to in targets.items()}


def _equal(likely: tuple[str, ...], targets: tuple[str, ...]) -> tuple[Share, ...]:
    basis: Basis = "equal shares"
    if len(likely) == 1:
        basis = "one target" if len(targets) == 1 else "likely target"
    return tuple(Share(target, 1 / len(likely), basis) for target in likely)


def _flows(table: pa.Table, edition: str) -> Flows:
    chosen = pc.and_(
        pc.equal(table.column("classification"), edition),
        pc.equal(pc.utf8_length(table.column("product")), DIGITS),
    )
    rows = table.filter(chosen).select([*OVERLAP, "product", "value_usd"]).to_pylist()
    flows: Flows = defaultdict(dict)
    for row in rows:
        key = tuple(row[name] for name in OVERLAP)
        flows[row["product"]][key] = flows[row["product"]].get(key, 0.0) + row["value_usd"]
    return flows


def _groups(targets: Targets) -> list[list[str]]:
    """Codes that are linked through common targets; only groups in which one splits."""
    sources: dict[str, list[str]] = defaultdict(list)
    for code, to in targets.items():
        for target in to:
            sources[target].append(code)
    seen: set[str] = set()
    groups = []
    for code in targets:
        if code in seen:
            continue
        group, open_codes = [], [code]
        seen.add(code)
        while open_codes:
            current = open_codes.pop()
            group.append(current)
            near = {other for target in targets[current] for other in sources[target]} - seen
            seen |= near
            open_codes += sorted(near)
        if any(len(targets[member]) > 1 for member in group):
            groups.append(sorted(group))
    return groups


def _learned(
    group: list[str], targets: Targets, first: Flows, second: Flows
) -> dict[str, tuple[Share, ...]]:
    """The shares of the codes for which at least as many flows are known as they have targets."""
    wanted = sorted({target for code in group for target in targets[code]})
    known = _known(group, wanted, first, second)
    links = [(code, target) for code in group for target in targets[code]]
    if not known:
        return {}
    solved = _solve(
        np.array([[first.get(code, {}).get(flow, 0.0) for code in group] for flow in known]),
        np.array([[second.get(to, {}).get(flow, 0.0) for to in wanted] for flow in known]),
        [(group.index(code), wanted.index(target)) for code, target in links],
    )
    result = {}
    for code in group:
        flows = sum(1 for flow in known if first.get(code, {}).get(flow, 0.0) > 0)
        if flows >= len(targets[code]) > 1:
            own = [(to, value) for (of, to), value in zip(links, solved, strict=True) if of == code]
            result[code] = tuple(Share(target, value, "learned") for target, value in own)
    return result


def _known(
    group: list[str], wanted: list[str], first: Flows, second: Flows
) -> list[tuple[object, ...]]:
    """The largest flows that stand in both editions."""
    size: dict[tuple[object, ...], float] = defaultdict(float)
    for code in group:
        for flow, value in first.get(code, {}).items():
            size[flow] += value
    both = size.keys() & {flow for target in wanted for flow in second.get(target, ())}
    return sorted(both, key=lambda flow: (-size[flow], repr(flow)))[:MOST_FLOWS]


def _solve(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], links: list[tuple[int, int]]
) -> list[float]:
    """x: (flows, sources), y: (flows, targets), dollars → one share a link, making 1 a source."""
    from scipy.optimize import nnls  # half a second to import, and only for splits

    scale = max(float(x.mean()), 1e-9)
    flows, sources = x.shape
    design = np.zeros((y.size + sources, len(links)))
    for at, (source, target) in enumerate(links):
        design[target * flows : (target + 1) * flows, at] = x[:, source] / scale
        design[y.size + source, at] = STRICT
    wanted = np.concatenate([(y / scale).T.ravel(), np.full(sources, STRICT)])
    found, _residual = nnls(design, wanted)
    totals = np.bincount([source for source, _target in links], weights=found, minlength=sources)
    return [float(found[at] / totals[source]) for at, (source, _target) in enumerate(links)]
