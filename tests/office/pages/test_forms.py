"""Forms of records: nothing is lost in them, parts come and go, and errors are told in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string
from tests.office.api.world import PASSPHRASE, measure
from tests.office.pages.conftest import Desk
from tests.office.pages.filling import filled
from tests.office.pages.forms_of_records import example, full, sent_back, sent_of, variants
from tests.office.pages.reading import text_of

from bilat.language import Message, say
from bilat.programme import KINDS
from bilat.register.canonical import Document, document
from bilat_office.pages.forms.inputs import Filling, inputs_of, told
from bilat_office.pages.forms.pressing import BUTTON, pressed
from bilat_office.pages.forms.reading import FormWrong, document_of
from bilat_office.pages.forms.shapes import MOST_PARTS
from bilat_office.records.door import Door
from bilat_office.records.viewer import Viewer

DAY = "2027-03-01"
TERMS: Document = {
    "kind": "lease",
    "start": DAY,
    "rate": {"percent": "8.5", "observed": [{"day": DAY, "percent": "9"}]},
    "advance": {"amount": "10"},
    "drawdowns": [{"day": DAY, "amount": "5"}, {"day": "2027-04-01", "percent": "50"}],
    "repayment": "step",
    "steps": [{"number": 1, "amount": "7"}],
    "instalments": [{"day": DAY, "amount": "2"}],
    "grace": {"principal": 3, "interest_then": "capitalised"},
    "balloon": {"amount": "1"},
    "residual": {"amount": "1", "settled": "returned"},
    "moved": "following",
    "interest_to": "moved",
    "season": [6, 9],
    "fees": [{"kind": "other", "amount": "3", "on": "price", "due": "year"}],
    "prepayments": [{"day": DAY, "amount": "1", "effect": "shorter"}],
    "taxes": [{"title": {"en": "VAT"}, "percent": "20", "on": ["interest", "advance"]}],
    "rounding": {"places": 0, "rule": "none"},
}
LEVELS = ["1", "2", "3.5", "4", "5", "6", "7"]
OTHERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("deals", {"terms": TERMS, "stage": "signed", "reexport": False}),
    ("deals", {"payments": []}),
    ("deals", {"payments": [{"on": DAY, "amount": "7"}] * (MOST_PARTS + 1)}),
    ("facilities", {"eligibility": {}, "revolving": False}),
    ("bodies", {"email": "office@ministry.example"}),
    ("commitments", {"kind": "decision"}),
    ("projects", {"stage": "stopped"}),
    ("outlooks", {"years": [{"year": 2027, "levels": LEVELS}]}),
    ("contacts", {"agenda": ["One", {"ru": "Два", "ky": "Эки"}], "starts": "14:30:00"}),
    ("sources", {"title": 'A "quote" <b>& more</b>', "publisher": {"en": "Two\n\nlines"}}),
)


@pytest.mark.parametrize("section", KINDS)
def test_an_unchanged_form_gives_the_same_document_of_every_record(section: str) -> None:
    for record in example().section(section):
        content = document(record)
        assert sent_back(section, content) == content


@pytest.mark.parametrize("section", KINDS)
def test_an_unchanged_form_keeps_every_field_that_there_can_be(section: str) -> None:
    content = full(section)
    assert sent_back(section, content) == content


@pytest.mark.parametrize(("section", "fields"), OTHERS)
def test_an_unchanged_form_keeps_what_is_no_first_choice(
    section: str, fields: dict[str, Any]
) -> None:
    content = document(KINDS[section].model_validate({**full(section), **fields}))
    assert {name: content.get(name) for name in fields} == fields
    assert sent_back(section, content) == content


@pytest.mark.parametrize("section", KINDS)
def test_an_unchanged_form_keeps_any_choice_of_fields(section: str) -> None:
    for content in variants(section, 6):
        assert sent_back(section, content) == content


@pytest.mark.django_db
def test_a_participant_is_added_with_two_clicks_and_no_yaml(office: Desk) -> None:
    visit = {"id": "visit", "title": "A visit", "kind": "visit"}
    office.world.agree((("contacts", "visit"), visit))
    irina, address = office.browser(), "/records/contacts/visit/edit"
    form = filled(irina.get(address), "f_title__")
    page = irina.post(address, {**form, "reason": "Who came", BUTTON: "add f_participants"})
    assert page.status_code == 200
    assert "Participant 1" in text_of(page)
    form = filled(page, "f_participants-0-name__en")
    assert form["reason"] == "Who came"
    assert Door(Viewer("BLR")).drafts() == ()
    named = {"f_participants-0-name__en": "Aida Ismailova", "f_participants-0-side": "KGZ"}
    irina.post(address, {**form, **named, "how": "draft"})
    (draft,) = Door(Viewer("BLR")).drafts()
    person = {"name": {"en": "Aida Ismailova"}, "side": "KGZ"}
    assert dict(draft.new)["contacts", "visit"] == {**visit, "participants": [person]}


@pytest.mark.django_db
def test_a_part_is_taken_away_and_the_others_stay(office: Desk) -> None:
    steps = [{"title": f"Step {n}", "due": f"2027-0{n}"} for n in (1, 2, 3)]
    office.world.agree(measure("house", "Open a house", milestones=steps))
    irina, address = office.browser(), "/records/commitments/house/edit"
    form = filled(irina.get(address), "f_title__")
    page = irina.post(address, {**form, BUTTON: "take f_milestones-1"})
    assert "Milestone 2" in text_of(page)
    assert "Milestone 3" not in text_of(page)
    irina.post(address, {**filled(page, "f_title__"), "reason": "Less", "how": "draft"})
    (draft,) = Door(Viewer("BLR")).drafts()
    content = dict(draft.new)["commitments", "house"]
    assert content is not None
    assert content["milestones"] == [steps[0], steps[2]]


@pytest.mark.django_db
def test_an_error_stands_at_the_input_of_the_part(office: Desk) -> None:
    office.world.agree((("contacts", "visit"), {"id": "visit", "title": "A", "kind": "visit"}))
    typed = {
        "f_title__en": "A visit", "f_kind": "visit", "reason": "x", "how": "draft",
        "f_participants-0-side": "KGZ", "f_participants-4-name__ru": "Аида",
        "f_participants-4-side": "USA", "f_held": "soon",
    }  # fmt: skip
    page = office.browser().post("/records/contacts/visit/edit", typed)
    html, shown = page.content.decode(), text_of(page)
    assert page.status_code == 400
    assert "Participants › Participant 1 › Name and surname: This is needed." in shown
    assert 'href="#f_participants-0-name__en"' in html
    assert 'id="f_participants-0-name-error"' in html
    assert "Аида" in html
    assert "“soon” is not a date or period" in shown


@pytest.mark.django_db
def test_a_passphrase_does_not_come_back_with_a_part(office: Desk) -> None:
    typed = {"id": "house", "visibility": "joint", "f_title__en": "Open", "f_kind": "measure",
             "passphrase_BLR": PASSPHRASE, BUTTON: "add f_milestones"}  # fmt: skip
    page = office.browser().post("/records/commitments/_new", typed)
    assert page.status_code == 200
    assert PASSPHRASE not in page.content.decode()


def test_parts_of_parts_come_and_go_alike() -> None:
    content: Document = {"id": "d", "title": "A deal", "facility": "line"}
    typed = sent_of("deals", content)
    for order in ("add f_terms", "add f_terms-subsidies", "add f_terms-subsidies-0-observed"):
        grown = pressed("deals", {**typed, BUTTON: order})
        assert grown is not None
        typed = sent_of("deals", content, grown)
    assert "f_terms-subsidies-0-observed-0-day" in typed
    grown = pressed("deals", {**typed, BUTTON: "take f_terms"})
    assert grown is not None
    assert not [name for name in grown if name.startswith("f_terms")]


@pytest.mark.parametrize("order", ["add f_zoo", "add reason", "burn f_agenda", "add f_agenda-x"])
def test_a_button_that_there_is_not_changes_nothing(order: str) -> None:
    typed = {"f_title__en": "A", "reason": "why"}
    assert pressed("contacts", {**typed, BUTTON: order}) == typed


def test_what_was_paid_is_nothing_or_not_known() -> None:
    content: Document = {"id": "d", "title": "A", "facility": "line",
                         "amount": {"amount": "1", "currency": "USD"}}  # fmt: skip
    none = pressed("deals", {**sent_of("deals", content), BUTTON: "none f_payments"})
    assert none is not None
    again = sent_of("deals", content, none)
    assert document_of("deals", again, {"id": "d"}) == {**content, "payments": []}
    unknown = pressed("deals", {**again, BUTTON: "take f_payments"})
    assert unknown is not None
    assert document_of("deals", unknown, {"id": "d"}) == content


def test_a_part_with_nothing_in_it_is_none() -> None:
    typed = {"f_title__en": "A", "f_kind": "visit", "f_participants-0-name__en": " "}
    assert "participants" not in document_of("contacts", typed, {"id": "c"})


def test_no_form_takes_parts_without_end() -> None:
    many = {f"f_agenda-{n}__en": "x" for n in range(MOST_PARTS)}
    with pytest.raises(FormWrong) as full_up:
        pressed("contacts", {**many, BUTTON: "add f_agenda"})
    assert "takes up to 100 entries" in str(full_up.value.at["agenda"][0])
    typed = {"f_title__en": "A", "f_kind": "visit", **many, "f_agenda-999__en": "x"}
    with pytest.raises(FormWrong) as too_many:
        document_of("contacts", typed, {"id": "c"})
    assert "101 entries are too many" in str(too_many.value.at["agenda"][0])


def test_a_hint_is_marked_as_english_only_where_nobody_has_translated_it() -> None:
    assert told(say("yes"), "ru") == {"hint": "да", "hint_lang": ""}
    assert told(Message("The zebra crosses."), "ru")["hint_lang"] == "en"
    assert told(Message("The zebra crosses."), "en")["hint_lang"] == ""


def test_the_default_button_of_a_form_removes_nothing() -> None:
    """Enter presses the first button of a form: it is the one that files."""
    page = render_to_string("pages/record_form.html", {"ways": ("propose",), "subject": None})
    first = page[page.index("novalidate") :].split("<button", 2)[1]
    assert 'name="how" value="propose"' in first


def test_lists_that_would_be_too_long_ask_for_the_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bilat_office.pages.forms.choosing.MOST_OPTIONS", 10)
    inputs = {each.name: each for each in inputs_of(Filling("links", {}, example(), "en"))}
    assert inputs["f_contact"].kind == "choice"
    assert inputs["f_bodies"].parts[0].inputs[0].kind == "line"


def test_a_form_with_very_many_lists_stays_light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bilat_office.pages.forms.choosing.MOST_LINES", 500)
    evidence = [{"on": DAY, "grade": "limited", "text": "x", "by": "mti"}] * 60
    content: Document = {"id": "a", "title": "A", "evidence": evidence}
    filling = Filling("commitments", content, example(), "en")
    inputs = {each.name: each for each in inputs_of(filling)}
    kinds = [
        each.kind
        for part in inputs["f_evidence"].parts
        for each in (*part.inputs, *part.rest)
        if each.name.endswith("-by")
    ]
    assert set(kinds) == {"choice", "line"}
    assert sent_of("commitments", content)["f_evidence-59-by"] == "mti"


def test_no_form_has_more_inputs_than_a_server_takes() -> None:
    """Django refuses a form of more than a thousand values; long lists are YAML then."""
    fees = [{"kind": "other", "amount": "3"}] * MOST_PARTS
    subsidies = [{"points": "1"}] * MOST_PARTS
    terms = {**TERMS, "fees": fees, "subsidies": subsidies}
    content = document(KINDS["deals"].model_validate({**full("deals"), "terms": terms}))
    assert len(sent_of("deals", content)) < 900
    assert sent_back("deals", content) == content
