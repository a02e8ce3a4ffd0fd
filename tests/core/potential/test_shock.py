"""An analyst writes down who is to trade more cheaply with whom, and by how much."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest

from bilat.potential.refused import InputRefused
from bilat.potential.shock import Costs
from bilat.potential.shock_file import read_shock

COUNTRIES = ("ARM", "BLR", "KAZ", "KGZ", "RUS")
SIGMA = 5.0


def read(folder: Path, text: str, sigma: float = SIGMA) -> Costs:
    path = folder / "shock.yaml"
    path.write_text(dedent(text).lstrip(), encoding="utf-8")
    return read_shock(path, COUNTRIES, sigma)


def cost(costs: Costs, exporter: str, importer: str) -> float:
    return float(costs.factors[COUNTRIES.index(exporter), COUNTRIES.index(importer)])


def test_a_pair_both_ways_and_nobody_else(tmp_path: Path) -> None:
    costs = read(
        tmp_path,
        """
        title: One window at the border
        changes:
          - {pair: [BLR, KGZ], cost_percent: -5}
        """,
    )
    assert costs.title == "One window at the border"
    assert cost(costs, "BLR", "KGZ") == cost(costs, "KGZ", "BLR") == pytest.approx(0.95)
    assert (costs.factors != 1).sum() == 2


def test_one_way_to_one_or_to_everyone(tmp_path: Path) -> None:
    costs = read(
        tmp_path,
        """
        title: Roads
        changes:
          - {exporter: BLR, importer: KGZ, cost_percent: -10}
          - {exporter: BLR, cost_percent: 20}
          - {importer: RUS, cost_percent: 50}
        """,
    )
    assert cost(costs, "BLR", "KGZ") == pytest.approx(0.9 * 1.2)
    assert cost(costs, "KGZ", "BLR") == 1
    assert cost(costs, "BLR", "RUS") == pytest.approx(1.2 * 1.5)
    assert np.diag(costs.factors) == pytest.approx(np.ones(5))


def test_a_group_and_a_country_with_a_group(tmp_path: Path) -> None:
    costs = read(
        tmp_path,
        """
        title: {en: Union, ru: Союз}
        groups: {union: [ARM, BLR, KAZ]}
        changes:
          - {group: union, cost_percent: -2}
          - {exporter: KGZ, importer: union, cost_percent: -4}
        """,
    )
    assert cost(costs, "ARM", "KAZ") == cost(costs, "KAZ", "ARM") == pytest.approx(0.98)
    assert cost(costs, "KGZ", "BLR") == pytest.approx(0.96)
    assert cost(costs, "BLR", "KGZ") == 1
    assert [len(change.ways) for change in costs.changes] == [6, 3]


def test_a_coefficient_becomes_a_cost(tmp_path: Path) -> None:
    """Trade moves with t^(1−σ): an agreement of β = 0.4 at σ = 5 is e^(−0.1)."""
    estimated = {
        "format": "bilat-gravity-estimate/1",
        "coefficients": [
            {"name": "rta", "estimate": 0.4, "corrected": None},
            {"name": "log dist", "estimate": -0.7, "corrected": -0.8},
        ],
    }
    (tmp_path / "found.json").write_text(json.dumps(estimated), encoding="utf-8")
    costs = read(
        tmp_path,
        """
        title: Agreement, and a road that is a tenth shorter
        changes:
          - {pair: [BLR, KGZ], coefficient: rta, estimate: found.json}
          - {exporter: KAZ, importer: RUS, coefficient: log dist, estimate: found.json, by: -0.1}
          - {exporter: KAZ, importer: ARM, coefficient: rta, value: 0.4, by: -1}
        """,
    )
    assert cost(costs, "BLR", "KGZ") == pytest.approx(np.exp(-0.1))
    assert cost(costs, "BLR", "KGZ") ** (1 - SIGMA) == pytest.approx(np.exp(0.4))
    assert cost(costs, "KAZ", "RUS") == pytest.approx(np.exp(0.08 / -4))  # the corrected one
    assert cost(costs, "KAZ", "ARM") == pytest.approx(np.exp(0.1))


@pytest.mark.parametrize(
    ("change", "line", "sentence"),
    [
        ("{pair: [BLR, KGX], cost_percent: -5}", 3, "“KGX” is no country of the panel in this"),
        ("{pair: [BLR, BLR], cost_percent: -5}", 3, "a pair of BLR with itself"),
        ("{exporter: BLR, importer: BLR, cost_percent: -5}", 3, "a pair of BLR with itself"),
        ("{pair: [BLR], cost_percent: -5}", 3, "“pair” has 1 entries; it needs 2"),
        ("{pair: [BLR, KGZ], cost_percent: -100}", 3, "costs cannot change by -100 per cent"),
        ("{pair: [BLR, KGZ], cost_percent: much}", 3, "“much” cannot be read"),
        ("{pair: [BLR, KGZ]}", 3, "it is not clear by how much costs change"),
        ("{cost_percent: -5}", 3, "it is not clear between whom costs change"),
        ("{pair: [BLR, KGZ], exporter: BLR, cost_percent: -5}", 3, "between whom"),
        ("{group: union, cost_percent: -5}", 3, "there is no group “union”"),
        ("{pair: [BLR, KGZ], cost_procent: -5}", 3, "unknown key “cost_procent”"),
        ("{pair: [BLR, KGZ], coefficient: rta, value: -9000}", 3, "more than a thousandfold"),
        ("{pair: [BLR, KGZ], coefficient: rta}", 3, "where the coefficient “rta” comes from"),
        ("{pair: [BLR, KGZ], cost_percent: -5, value: 2}", 3, "without the name of a coefficient"),
        ("{pair: [BLR, KGZ], coefficient: rta, estimate: no.json}", 3, "no.json cannot be read"),
        ("{pair: [BLR, KGZ], coefficient: rta, estimate: text.json}", 3, "is no estimate"),
        ("{pair: [BLR, KGZ], coefficient: rtas, estimate: found.json}", 3, "Did you mean “rta”?"),
    ],
)
def test_what_is_wrong_stands_at_its_line(
    tmp_path: Path, change: str, line: int, sentence: str
) -> None:
    found = {
        "format": "bilat-gravity-estimate/1",
        "coefficients": [{"name": "rta", "estimate": 0.4, "corrected": None}],
    }
    (tmp_path / "found.json").write_text(json.dumps(found), encoding="utf-8")
    (tmp_path / "text.json").write_text("[1, 2]", encoding="utf-8")
    with pytest.raises(InputRefused) as refusal:
        read(tmp_path, f"title: X\nchanges:\n  - {change}\n")
    assert sentence in str(refusal.value)
    assert f"shock.yaml:{line}:" in str(refusal.value)


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refusal:
        read(
            tmp_path,
            """
            title: X
            groups: {union: [ARM, XXX]}
            changes:
              - {pair: [BLR, KG], cost_percent: -5}
              - {cost_percent: -5}
            """,
        )
    assert [problem.place.line for problem in refusal.value.problems] == [2, 4, 5]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- 1\n- 2\n", "this is no shock"),
        ("title: X\nchanges: []\n", "needs 1"),
        ("changes:\n  - {pair: [BLR, KGZ], cost_percent: -5}\n", "the key “title” is missing"),
        ("title: [\n", "this is not valid YAML"),
        ("title: X\ntitle: Y\nchanges: []\n", "stands twice"),
    ],
)
def test_a_file_that_is_no_shock(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        read(tmp_path, text)
    assert sentence in str(refusal.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"shock\.yaml: the file cannot be read"):
        read_shock(tmp_path / "shock.yaml", COUNTRIES, SIGMA)
