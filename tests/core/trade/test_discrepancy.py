"""Why the two customs services differ: a hint by a stated rule, both values kept."""

from __future__ import annotations

import pytest

from bilat.trade import REASONS, Mirrored, likely_reason


@pytest.mark.parametrize(
    ("flow", "reason"),
    [
        (Mirrored(100, 103), "agree"),
        (Mirrored(100, 112), "valuation"),
        (Mirrored(100, 1020), "unit_slip"),
        (Mirrored(100_000, 100), "unit_slip"),
        (Mirrored(100, 60, exported_around=200, imported_around=245), "timing"),
        (Mirrored(100, 0, exported_around=200, imported_around=310), "timing"),
        (Mirrored(100, 140, exported_around=900, imported_around=910), "transit"),
        (Mirrored(100, 0), "one_sided"),
        (Mirrored(100, 0, confidential_share=0.4), "confidential"),
        (Mirrored(100, 70, confidential_share=0.4), "confidential"),
        (Mirrored(100, 190), "transit"),
        (Mirrored(190, 100), "open"),
    ],
)
def test_the_first_rule_that_fits_is_named(flow: Mirrored, reason: str) -> None:
    assert likely_reason(flow) == reason


def test_every_reason_has_its_sentence() -> None:
    assert all(str(sentence) for sentence in REASONS.values())
