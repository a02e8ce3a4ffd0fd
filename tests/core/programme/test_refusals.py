"""A wrong value is answered in a sentence: where, what, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Folder = Callable[..., Path]
Errors = Callable[[Path], list[str]]


def test_a_misspelt_key_is_named_with_its_line_and_the_likely_one(
    folder: Folder, errors: Errors
) -> None:
    root = folder("""
        sources:
          - id: press
            title: Communiqué
            publisher: Press service
            publishd: 2025-09-29
        """)
    assert errors(root) == ["programme.yaml:5:5: unknown key “publishd”. Did you mean “published”?"]


def test_a_misspelt_key_deep_inside_is_found(folder: Folder, errors: Errors) -> None:
    root = folder("""
        commitments:
          - id: m1
            title: Measure
            evidence:
              - {on: 2025-10-01, grade: limited, text: Begun}
              - {on: 2025-11-01, grad: limited, grade: limited, text: Going on}
        """)
    assert errors(root) == ["programme.yaml:6:26: unknown key “grad”. Did you mean “grade”?"]


def test_a_key_like_no_other_is_answered_with_the_known_ones(
    folder: Folder, errors: Errors
) -> None:
    root = folder("""
        cadences:
          - {id: c, title: Sessions, kind: session, zzz: 1}
        """)
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:2:45: unknown key “zzz”. Known here: sources, assumption, author, "
        "reason, id, visibility, note, title, kind, platform, every_months, proposed_by."
    )


def test_a_misspelt_section_is_answered_with_the_likely_one(folder: Folder, errors: Errors) -> None:
    assert errors(folder("commitmens: []\n")) == [
        "programme.yaml:1:1: unknown key “commitmens”. Did you mean “commitments”?"
    ]


def test_a_missing_key_is_named_at_its_record(folder: Folder, errors: Errors) -> None:
    root = folder("""
        bodies:
          - {id: mfa, name: MFA, kind: ministry}
          - id: bank
            name: Bank
        """)
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:3:5: the key “kind” is missing. "
        "Add it: a record of this kind cannot do without."
    )


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("2024-13", "“2024-13” is not a day of the calendar"),
        ("2024-02-30", "“2024-02-30” is not a day of the calendar"),
        ("2025/2024", "the period “2025/2024” ends before it starts"),
        (
            "29.09.2025",
            (
                "“29.09.2025” is not a date or period; write 2024, 2025-H1, 2025-Q2, 2024-11, "
                "2024-11-28 or a range 2024-01/2024-09"
            ),
        ),
    ],
)
def test_a_wrong_date_is_named_with_its_place(
    folder: Folder, errors: Errors, written: str, what: str
) -> None:
    root = folder(f"""
        documents:
          - id: roadmap
            title: Roadmap
            kind: roadmap
            signed: {written}
        """)
    assert errors(root) == [f"programme.yaml:5:13: {what}. Correct it, or leave the key out."]


def test_where_a_day_is_needed_a_month_will_not_do(folder: Folder, errors: Errors) -> None:
    root = folder("""
        commitments:
          - {id: m, title: M, evidence: [{on: 2025-10, grade: limited, text: T}]}
        """)
    assert errors(root) == [
        "programme.yaml:2:39: “2025-10” cannot be read. Write a day as 2024-11-28."
    ]


def test_a_negative_amount_is_refused(folder: Folder, errors: Errors) -> None:
    root = folder("""
        deals:
          - id: lease
            title: Lease of tractors
            facility: line
            amount:
              amount: -240000
              currency: USD
        facilities: [{id: line, title: Line, kind: leasing}]
        """)
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:6:15: -240000 is negative. "
        "Write the amount without a sign; a fall belongs in “growth”."
    )


def test_an_unknown_currency_is_answered_with_the_likely_one(
    folder: Folder, errors: Errors
) -> None:
    root = folder("""
        facilities:
          - id: line
            title: Line
            kind: credit
            limit: {amount: 10, currency: UDS}
        """)
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:5:35: unknown currency “UDS”; did you mean USD? "
        "Correct it, or leave the key out."
    )


def test_a_unit_with_an_unknown_currency_is_refused(folder: Folder, errors: Errors) -> None:
    root = folder("""
        indicators:
          - {id: turnover, title: Trade, measures: turnover, unit: million UDS}
        """)
    (problem,) = errors(root)
    assert problem.startswith("programme.yaml:2:60: unknown currency “UDS”; did you mean USD?")


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [
        ("comunique", "Did you mean “communique”?"),
        (
            "xyz",
            (
                "Use one of: treaty, agreement, roadmap, programme, protocol, memorandum, "
                "declaration, communique, package."
            ),
        ),
    ],
)
def test_a_word_outside_the_list_is_answered_with_the_list(
    folder: Folder, errors: Errors, kind: str, remedy: str
) -> None:
    root = folder(f"""
        documents:
          - {{id: d, title: D, kind: {kind}}}
        """)
    assert errors(root) == [f"programme.yaml:2:29: “{kind}” is not known here. {remedy}"]


def test_a_decimal_comma_is_refused(folder: Folder, errors: Errors) -> None:
    root = folder("""
        facilities:
          - id: line
            title: Line
            kind: credit
            limit:
              amount: 1,5
              currency: USD
        """)
    assert errors(root) == [
        "programme.yaml:6:15: “1,5” cannot be read. Write a plain number, as 133000000 or 14.1."
    ]


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("jobs", "many", "“many” cannot be read. Write a whole number."),
        (
            "jobs",
            "-1",
            "-1 is negative. Write the amount without a sign; a fall belongs in “growth”.",
        ),
        ("local_content", "101", "101 is too large. The greatest possible is 100."),
        ("products", "[842]", "“842” does not have the right form. It must match: "),
        ("products", "'8428'", "a list is expected here, not “8428”. Compare with another record"),
        ("effect", "much", "a group of keys is expected here, not “much”. Compare with another"),
        ("assumption", "perhaps", "“perhaps” cannot be read. Write true or false."),
        (
            "note",
            "{rus: Да}",
            "a text, or texts by language ({en: …, ru: …}) is expected here, not “{'rus': 'Да'}”.",
        ),
        ("sector", "[metal]", "“['metal']” cannot be read. Write a text."),
    ],
)
def test_a_value_of_the_wrong_kind_says_which_kind_is_right(
    folder: Folder, errors: Errors, key: str, value: str, told: str
) -> None:
    root = folder(f"""
        projects:
          - id: elevators
            title: Elevators
            {key}: {value}
        """)
    (problem,) = errors(root)
    place, _, sentence = problem.partition(": ")
    assert place.startswith("programme.yaml:4:")
    assert sentence.startswith(told)


def test_an_interval_of_no_months_is_too_small(folder: Folder, errors: Errors) -> None:
    root = folder("""
        cadences:
          - {id: c, title: Sessions, kind: session, every_months: 0}
        """)
    assert errors(root) == ["programme.yaml:2:59: 0 is too small. The least possible is 1."]


def test_an_id_with_a_space_does_not_have_the_right_form(folder: Folder, errors: Errors) -> None:
    root = folder("sources: [{id: my source, title: T, publisher: P}]\n")
    (problem,) = errors(root)
    assert problem.startswith(
        "programme.yaml:1:16: “my source” does not have the right form. It must match: "
    )


def test_what_is_not_a_number_is_refused(folder: Folder, errors: Errors) -> None:
    root = folder("""
        facilities:
          - {id: line, title: L, kind: credit, limit: {amount: NaN, currency: USD}}
        """)
    (problem,) = errors(root)
    assert problem.startswith("programme.yaml:2:56: ")


def test_a_target_needs_a_statement(folder: Folder, errors: Errors) -> None:
    root = folder("""
        indicators: [{id: i, title: I, measures: turnover, unit: USD}]
        targets:
          - {id: t, title: T, indicator: i, value: 5, unit: USD, statements: []}
        """)
    (problem,) = errors(root)
    assert problem == (
        "programme.yaml:3:70: “statements” has 0 entries; it needs 1. "
        "Add what is missing, or take out what is too much."
    )
