"""A user runs ``bilat actus`` on files of reference contracts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.core.finance.actus.loans import LOAN

from bilat.cli.main import main

CASE: dict[str, Any] = {
    "terms": {"contractType": "PAM", **LOAN, "maturityDate": "2026-07-01"},
    "to": "",
    "dataObserved": {},
    "eventsObserved": [],
    "results": [
        {"eventDate": "2026-01-01T00:00", "eventType": "IED", "payoff": " -1200 "},
        {"eventDate": "2026-07-01T00:00:00", "eventType": "IP", "payoff": 72},
        {"eventDate": "2026-07-01", "eventType": "MD", "payoff": 1200, "notionalPrincipal": 0.0},
    ],
}


@pytest.fixture
def actus(tmp_path: Path, monkeypatch: Any, capsys: Any) -> Any:
    monkeypatch.setenv("LANGUAGE", "en")

    def run(**cases: Any) -> tuple[int, str, str]:
        file = tmp_path / "cases.json"
        file.write_text(json.dumps(cases), encoding="utf-8")
        with pytest.raises(SystemExit) as ended:
            main(["actus", str(file)])
        said = capsys.readouterr()
        return int(str(ended.value.code)), said.out, said.err

    return run


def changed(**parts: Any) -> dict[str, Any]:
    return {**CASE, **parts}


def test_equal_contracts_end_with_0(actus: Any) -> None:
    code, out, _err = actus(one=CASE)
    assert code == 0
    assert out == "1 contract, events expected of them: 3; 1 equal in every event, 0 not\n"


def test_each_difference_is_told_with_contract_event_and_term(actus: Any) -> None:
    results = [CASE["results"][0], {**CASE["results"][1], "payoff": 72.001}, CASE["results"][2]]
    code, out, _err = actus(one=CASE, two=changed(results=results))
    assert code == 1
    assert out.splitlines()[0] == (
        "two: 2026-07-01T00:00:00 IP: payoff: expected 72.001, found 72.000000000000"
    )
    assert "2 contracts, events expected of them: 6; 1 equal in every event, 1 not" in out


def test_events_too_many_or_too_few_are_differences(actus: Any) -> None:
    extra = {"eventDate": "2026-08-01", "eventType": "IP", "payoff": 1}
    code, out, _err = actus(few=changed(results=CASE["results"][:2]))
    assert code == 1
    assert "few: 2026-07-01T00:00:00 MD: event: expected —, found 2026-07-01T00:00:00 MD" in out
    _code, out, _err = actus(many=changed(results=[*CASE["results"], extra]))
    assert "many: 2026-08-01T00:00:00 IP: event: expected 2026-08-01T00:00:00 IP, found —" in out


def test_the_tolerance_is_relative(actus: Any) -> None:
    inside = [CASE["results"][0], {**CASE["results"][1], "payoff": 72.0000005}, CASE["results"][2]]
    outside = [CASE["results"][0], {**CASE["results"][1], "payoff": 72.000001}, CASE["results"][2]]
    assert actus(one=changed(results=inside))[0] == 0
    assert actus(one=changed(results=outside))[0] == 1


def test_events_after_the_day_asked_for_are_not_run(actus: Any) -> None:
    assert actus(one=changed(to="2026-06-30", results=CASE["results"][:1]))[0] == 0


def test_a_contract_that_cannot_run_does_not_stop_the_others(actus: Any) -> None:
    broken = changed(terms={**CASE["terms"], "maturityDate": "2026-02-30"})
    code, out, _err = actus(broken=broken, sound=CASE)
    assert code == 1
    assert "broken: maturityDate: “2026-02-30” is not a day of the calendar" in out
    assert "1 equal in every event, 1 not" in out


def test_a_misspelt_term_is_told_beside_the_result(actus: Any) -> None:
    code, _out, err = actus(one=changed(terms={**CASE["terms"], "notionalPrincipl": "1"}))
    assert code == 0
    assert "no term is called notionalPrincipl" in err
    assert "notionalPrincipal was meant?" in err


def test_a_term_that_resembles_none_is_told_too(actus: Any) -> None:
    _code, _out, err = actus(one=changed(terms={**CASE["terms"], "colour": "red"}))
    assert err == "one: no term is called colour; it is not used\n"


def test_a_prepayment_among_the_observed_events_is_run(actus: Any) -> None:
    prepaid = changed(
        terms={**CASE["terms"], "prepaymentEffect": "M"},
        eventsObserved=[{"type": "PP", "time": "2026-04-01", "value": "600"}],
        results=[
            CASE["results"][0],
            {"eventDate": "2026-04-01", "eventType": "PP", "payoff": 600},
            {"eventDate": "2026-07-01", "eventType": "IP", "payoff": 54},
            {"eventDate": "2026-07-01", "eventType": "MD", "payoff": 600},
        ],
    )
    assert actus(one=prepaid)[0] == 0
    default = changed(eventsObserved=[{"type": "CE", "time": "2026-04-01", "value": "0"}])
    assert "eventsObserved: CE cannot be run" in actus(one=default)[1]


def test_a_figure_that_is_no_number_is_refused_with_its_place(actus: Any) -> None:
    wrong = {**CASE["results"][0], "payoff": "much"}
    code, _out, err = actus(one=changed(results=[wrong]))
    assert code == 2
    assert "at one.results.0.payoff" in err
    assert "much is not a number" in err


def test_a_file_of_another_kind_is_refused_with_the_place(actus: Any) -> None:
    code, _out, err = actus(one={"terms": {}})
    assert code == 2
    assert "not in the ACTUS test layout at one.results" in err


@pytest.mark.parametrize(
    ("term", "value", "said"),
    [
        ("maturityDate", "9999-12-31", "dates after the year 9999"),
        ("maturityDate", "9999-12-31T24:00:00", "is not a day of the calendar"),
        ("notionalPrincipal", "1e999999999", "is larger or smaller than any amount"),
    ],
)
def test_a_term_beyond_all_bounds_does_not_stop_the_others(
    actus: Any, term: str, value: str, said: str
) -> None:
    terms = {**CASE["terms"], term: value, "cycleOfInterestPayment": "P1YL1"}
    code, out, _err = actus(one=changed(terms=terms), two=CASE)
    assert code == 1
    assert said in out
    assert "1 equal in every event, 1 not" in out


@pytest.mark.parametrize("text", ["[" * 200_000, '{"\\ud800": {"terms": {}, "results": []}}'])
def test_json_that_no_program_can_hold_is_refused(tmp_path: Path, capsys: Any, text: str) -> None:
    file = tmp_path / "cases.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["actus", str(file)])
    assert ended.value.code == 2
    assert "cases.json" in capsys.readouterr().err


def test_what_is_no_file_or_no_json_is_refused(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    for name, words in (("broken.json", "this is not JSON"), ("absent.json", "No such file")):
        with pytest.raises(SystemExit) as ended:
            main(["actus", str(tmp_path / name)])
        assert ended.value.code == 2
        assert words in capsys.readouterr().err
