"""One text for one document: against the vectors of RFC 8785, and without loss for our records."""

from __future__ import annotations

import json
import struct
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.programme.strategies import programmes

from bilat.programme import KINDS, Observation, Programme
from bilat.register.canonical import canonical, canonical_again, digest, document, parse
from bilat.register.kinds import read_content
from bilat.register.outcome import Refused

# RFC 8785, section 3.2.2 (input) and 3.2.4 (the same, as bytes)
SAMPLE = rb"""{
  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
}"""
SAMPLE_BYTES = """
    7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72 75 65 2c 66 61 6c 73 65 5d 2c 22 6e
    75 6d 62 65 72 73 22 3a 5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31 65 2b 33 30
    2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d 32 37 5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24
    5c 75 30 30 30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d
"""
# RFC 8785, appendix B: IEEE 754 bits and their text
NUMBERS = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}


def test_the_sample_of_the_rfc_becomes_the_bytes_of_the_rfc() -> None:
    assert canonical(json.loads(SAMPLE)) == bytes.fromhex(SAMPLE_BYTES)


def test_keys_are_sorted_by_utf_16_as_in_the_rfc() -> None:
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    sorted_keys = list(json.loads(canonical(dict.fromkeys(keys, 0))))
    assert sorted_keys == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


@pytest.mark.parametrize(("bits", "text"), NUMBERS.items())
def test_numbers_are_written_as_in_appendix_b(bits: str, text: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert canonical(number).decode() == text


@pytest.mark.parametrize("bits", ["7fffffffffffffff", "7ff0000000000000"])
def test_what_is_no_number_cannot_be_written(bits: str) -> None:
    with pytest.raises(Refused):
        canonical(struct.unpack(">d", bytes.fromhex(bits))[0])


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
)


@given(VALUES)
def test_the_fast_way_for_what_was_read_writes_the_same_bytes(value: Any) -> None:
    assert canonical_again(value) == canonical(value)
    assert parse(canonical(value)) == value


def test_the_fast_way_sorts_names_beyond_the_basic_plane_as_the_rfc_does() -> None:
    value = dict.fromkeys(["\U0001f600", "\ufb33"], 0)
    assert canonical_again(value) == canonical(value)


@pytest.mark.parametrize("text", [b"1.5", b"1e3", b"NaN", b"9007199254740993", b"[", b"\xff"])
def test_a_number_that_another_reader_might_round_is_not_read(text: bytes) -> None:
    with pytest.raises(Refused):
        parse(text)


def test_the_hash_is_sha_256() -> None:
    # FIPS 180-2, appendix B.1
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest(b"abc") == expected


def test_an_amount_keeps_every_digit_that_was_stated() -> None:
    for text in ("8613.55", "1.50", "0.1", "12345678901234567890.1234"):
        kept = Observation.model_validate(
            {"indicator": "a", "period": "2024", "reporter": "BLR", "value": text, "unit": "USD"}
        )
        read = Observation.model_validate(parse(canonical(document(kept))))
        assert (read.value, str(read.value)) == (Decimal(text), text)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(programmes())
def test_every_record_has_one_document_and_comes_back_from_it(programme: Programme) -> None:
    for record in programme.records():
        if record.visibility != "joint":
            continue
        text = canonical(document(record))
        again = read_content(record.section, record.id, parse(text))
        assert again == record
        assert canonical(document(again)) == text
        assert type(again) is KINDS[record.section]
