"""Any record has a page and a form, whatever its kind."""

from __future__ import annotations

import pytest
from tests.office.api.world import PASSPHRASE, measure
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import text_of

from bilat_office.pages.forms.reading import FormWrong, document_of
from bilat_office.records.door import Door
from bilat_office.records.viewer import Viewer

pytestmark = pytest.mark.django_db
TITLE = {"en": "Open a trade house", "ru": "Открыть торговый дом"}


def test_texts_stand_in_every_language_that_they_have(office: Desk) -> None:
    office.world.agree(measure("house", TITLE, note="A remark", due="2027"))
    shown = text_of(office.browser().get("/records/commitments/house"))
    assert "Due 2027" in shown
    assert "A remark" in shown
    assert "Открыть торговый дом" in shown


def test_a_new_record_becomes_a_draft(office: Desk) -> None:
    typed = {"id": "house", "visibility": "joint", "f_title__en": "Open a house", "how": "draft",
             "reason": "A first idea", "f_kind": "measure"}  # fmt: skip
    answer = office.browser("BLR", "analyst").post("/records/commitments/_new", typed, follow=True)
    assert "Saved as a draft of your side." in text_of(answer)
    assert "Open a house" in text_of(answer)
    assert office.browser("KGZ").get("/roadmap/house").status_code == 404


def test_a_record_of_ones_own_side_needs_no_key(office: Desk) -> None:
    typed = {"id": "aim", "visibility": "BLR", "f_title__ru": "Наша цель", "f_kind": "measure"}
    answer = office.browser().post("/records/commitments/_new", typed, follow=True)
    assert "Saved for your side alone." in text_of(answer)
    assert "Наша цель" in text_of(office.browser().get("/roadmap"))
    assert "Наша цель" not in text_of(office.browser("KGZ").get("/roadmap"))
    other = {**typed, "f_title__ru": "Другая цель"}
    again = office.browser().post("/records/commitments/aim/edit", other, follow=True)
    assert "Другая цель" in text_of(again)
    assert "Version 2 of your side" in text_of(
        office.browser().get("/records/commitments/aim/history")
    )


def test_another_sides_visibility_cannot_be_chosen(office: Desk) -> None:
    typed = {"id": "spy", "visibility": "KGZ", "f_title__en": "x", "f_kind": "measure"}
    answer = office.browser().post("/records/commitments/_new", typed)
    assert answer.status_code == 400  # joint, and so without a reason
    assert Door(Viewer("KGZ")).sections()["commitments"] == 0


@pytest.mark.parametrize(
    ("field", "value", "wrong"),
    [
        ("id", "no id!", "Write it as in roadmap-2030."),
        ("f_due", "soon", "Due:"),
        ("f_evidence", "- {on: [", "This is no YAML"),
        ("f_evidence", "- {on: 2025-01-01, grade: grand, text: x}", "0.grade"),
        ("f_kind", "dream", "Kind:"),
        ("f_title__en", "", "This is needed."),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_lost(
    office: Desk, field: str, value: str, wrong: str
) -> None:
    typed = {
        "id": "house", "visibility": "joint", "f_title__en": "Open", "f_kind": "measure",
        "f_note__ru": "Не потерять", "reason": "Why", "how": "draft", field: value,
    }  # fmt: skip
    answer = office.browser().post("/records/commitments/_new", typed)
    assert answer.status_code == 400
    assert wrong in text_of(answer)
    assert "Не потерять" in answer.content.decode()
    assert Door(Viewer("BLR")).drafts() == ()


def test_yaml_makes_nothing_but_texts_lists_and_maps(office: Desk) -> None:
    with pytest.raises(FormWrong) as wrong:
        document_of(
            "commitments",
            {"f_title__en": "x", "f_effect": "!!python/object/apply:os.system [ls]"},
            {"id": "x"},
        )
    assert "effect" in wrong.value.errors


def test_a_list_is_paged_with_its_filters(office: Desk) -> None:
    bodies = [
        (("bodies", f"b{n:03}"), {"id": f"b{n:03}", "name": f"Body {n:03}", "kind": "ministry",
                                  "party": "BLR"})
        for n in range(120)
    ]  # fmt: skip
    office.world.agree(*bodies)
    client = office.browser()
    page = client.get("/records/bodies?kind=ministry&page=2")
    assert "120 records" in text_of(page)
    assert "Body 050" in text_of(page)
    assert "Body 049" not in text_of(page)
    assert 'href="?kind=ministry&amp;page=3"' in page.content.decode()
    assert "Body 119" in text_of(client.get("/records/bodies?page=99"))
    rows = client.get("/records/bodies?kind=ministry&format=csv").content.decode().splitlines()
    assert len(rows) == 121


def test_a_search_finds_any_form_of_a_word(office: Desk) -> None:
    office.world.agree(measure("house", TITLE))
    shown = text_of(office.browser().get("/search?q=торгового+дома"))
    assert "Open a trade house" in shown
    assert "Nothing holds all these words." in text_of(office.browser().get("/search?q=submarine"))


def test_the_history_shows_what_each_entry_changed(office: Desk) -> None:
    office.world.agree(measure("house", TITLE, due="2026"), reason="The first plan")
    office.world.agree(measure("house", TITLE, due="2027"), reason="A year later")
    page = office.browser("KGZ").get("/records/commitments/house/history")
    shown = text_of(page)
    assert shown.index("A year later") < shown.index("The first plan")
    assert "<del>2026</del>" in page.content.decode()
    assert "<ins>2027</ins>" in page.content.decode()


@pytest.mark.parametrize("address", ["/records/keys/x/edit", "/records/rules/_new", "/records/zoo"])
def test_what_no_form_writes_is_not_there(office: Desk, address: str) -> None:
    assert office.browser().get(address).status_code == 404


def test_a_counted_passphrase_never_comes_back_in_a_page(office: Desk) -> None:
    typed = {"id": "house", "visibility": "joint", "f_title__en": "Open", "f_kind": "measure",
             "how": "propose", "passphrase_BLR": PASSPHRASE}  # fmt: skip
    answer = office.browser().post("/records/commitments/_new", typed)
    assert "Write why" in text_of(answer)
    assert PASSPHRASE not in answer.content.decode()


def test_a_record_is_deleted_by_a_change_as_any_other(office: Desk) -> None:
    office.world.agree(measure("house", TITLE))
    irina, address = office.browser(), "/records/commitments/house/delete"
    page = irina.get(address).content.decode()
    base = page.split('name="base" value="')[1].split('"')[0]
    typed = {"base": base, "how": "propose", "reason": "Given up", "passphrase_BLR": PASSPHRASE}
    assert "Write why" in text_of(irina.post(address, {**typed, "reason": ""}))
    change = irina.post(address, typed)["Location"]
    assert "to be deleted" in text_of(irina.get(change))
    office.browser("KGZ").post(f"{change}/countersign", {"passphrase_KGZ": PASSPHRASE})
    irina.post(f"{change}/enter", {"passphrase_BLR": PASSPHRASE})
    assert irina.get("/records/commitments/house").status_code == 404
    assert "Given up" in text_of(irina.get("/records/commitments/house/history"))


def test_a_record_of_ones_own_side_is_deleted_at_once(office: Desk) -> None:
    office.world.keep("BLR", "commitments", {"id": "aim", "title": "Our aim"})
    assert office.browser("KGZ").post("/records/commitments/aim/delete").status_code == 404
    done = office.browser().post("/records/commitments/aim/delete", follow=True)
    assert "Deleted. Its versions stay." in text_of(done)


def test_what_names_a_source_comes_in_pages_and_without_the_other_sides(office: Desk) -> None:
    source = {"id": "gazette", "title": "Gazette", "publisher": "Press"}
    office.world.agree(
        (("sources", "gazette"), source),
        *(measure(f"road-{n:02}", f"Mend road {n:02}", sources=["gazette"]) for n in range(60)),
    )
    own = measure("ours", "Our own road", visibility="BLR", sources=["gazette"])
    office.world.keep("BLR", "commitments", own[1])
    shown = {side: office.browser(side) for side in ("BLR", "KGZ")}
    first = shown["BLR"].get("/records/sources/gazette")
    assert "Named by (61)" in text_of(first)
    assert text_of(first).count("Mend road") + text_of(first).count("Our own road") == 50
    second = shown["BLR"].get("/records/sources/gazette?page=2")
    both = text_of(first) + text_of(second)
    assert all(both.count(f"Mend road {n:02}") == 1 for n in range(60))
    assert both.count("Our own road") == 1
    theirs = [shown["KGZ"].get(f"/records/sources/gazette?page={n}") for n in (1, 2, 3)]
    assert "Named by (60)" in text_of(theirs[0])
    assert not any("Our own road" in text_of(page) for page in theirs)
    assert text_of(theirs[1]).count("Mend road") == text_of(theirs[2]).count("Mend road") == 10


def test_several_records_are_those_that_may_be_seen(office: Desk) -> None:
    office.world.agree(measure("a", "A"), measure("b", "B"))
    office.world.keep("BLR", "commitments", measure("c", "C", visibility="BLR")[1])
    asked = ["a", "c", "missing"]
    assert list(Door(Viewer("BLR")).several("commitments", asked)) == ["c", "a"]
    assert list(Door(Viewer("KGZ")).several("commitments", asked)) == ["a"]
    assert Door(Viewer()).several("commitments", asked) == {}
