"""A finance officer looks for the terms of a bank, or brings the bank's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilat.errors import BilatError
from bilat.finance.deal import TermsRefused
from bilat.finance.presets import Limit, Preset, PresetUnknown, preset_of, presets
from bilat.finance.presets.limits import READ
from bilat.programme.deal_terms import DealTerms

OWN = """\
id: my-bank
title: Loan of my bank
institution: My Bank
terms: {kind: loan, every: 3}
limits: [{what: months, most: 24, says: Up to two years}]
sources: [{id: letter, title: Letter, publisher: My Bank, stated: 2026-02, consulted: 2026-03-01}]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "my-bank.yaml").write_text(OWN)
    return tmp_path


@pytest.mark.parametrize("preset", presets(), ids=lambda preset: preset.id)
def test_every_preset_says_in_both_languages_who_offers_it_and_when_it_was_read(
    preset: Preset,
) -> None:
    limits = [limit.says for limit in preset.limits]
    texts = [preset.title, preset.institution, *preset.conditions, *limits]
    assert limits
    assert all(isinstance(text, dict) and set(text) >= {"en", "ru"} for text in texts)
    assert all(source.address or source.stated for source in preset.sources)


@pytest.mark.parametrize("preset", presets(), ids=lambda preset: preset.id)
def test_a_preset_either_states_a_rate_or_how_it_is_found(preset: Preset) -> None:
    assert ("rate" in preset.terms) != (preset.rate_rule is not None)


@pytest.mark.parametrize("preset", presets(), ids=lambda preset: preset.id)
def test_its_terms_are_terms_of_a_deal(preset: Preset) -> None:
    assert set(preset.terms) <= set(DealTerms.model_fields)
    needed = {"start": "2026-01-15", "rate": {"percent": 5}, "months": 12}
    amount = {"amount": {"amount": 1000, "currency": "USD"}}
    DealTerms.model_validate({**needed, **amount, **preset.terms})


@pytest.mark.parametrize("limit", [one for preset in presets() for one in preset.limits])
def test_every_limit_limits_something_that_a_schedule_has(limit: Limit) -> None:
    assert limit.least or limit.most or limit.among or limit.what == "insurance"
    assert limit.what in READ or limit.what == "insurance"


def test_a_slip_is_answered_with_the_name_that_was_meant() -> None:
    with pytest.raises(PresetUnknown, match="Did you mean “by-export-lease”"):
        preset_of("by-export-laese")


def test_a_name_like_no_other_is_answered_with_all_of_them() -> None:
    with pytest.raises(PresetUnknown, match="There are: by-466-interest, by-export-credit"):
        preset_of("xyz")


def test_her_own_folder_stands_beside_ours(own: Path) -> None:
    names = [preset.id for preset in presets(own)]
    assert "my-bank" in names
    assert "by-export-lease" in names
    assert names == sorted(names)


def test_a_preset_of_hers_with_our_name_wins(own: Path) -> None:
    (own / "lease.yaml").write_text(OWN.replace("my-bank", "by-export-lease"))
    assert preset_of("by-export-lease", own).institution == "My Bank"


def test_a_single_file_is_a_preset_too(own: Path) -> None:
    assert preset_of(str(own / "my-bank.yaml")).terms == {"kind": "loan", "every": 3}


def test_a_mistake_in_her_preset_is_named_with_its_line(own: Path) -> None:
    (own / "my-bank.yaml").write_text(OWN.replace("most: 24", "moat: 24"))
    with pytest.raises(TermsRefused, match=r"my-bank\.yaml:5:\d+: unknown key “moat”") as refused:
        presets(own)
    assert "Did you mean “most”?" in str(refused.value)


def test_a_limit_by_a_source_that_is_not_there_is_refused(own: Path) -> None:
    (own / "my-bank.yaml").write_text(OWN.replace("most: 24,", "most: 24, source: fax,"))
    with pytest.raises(TermsRefused, match="names the source “fax”"):
        presets(own)


def test_a_folder_or_file_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(BilatError, match="no such folder"):
        presets(tmp_path / "none")
    with pytest.raises(BilatError, match="cannot be read"):
        preset_of(str(tmp_path / "none.yaml"))
