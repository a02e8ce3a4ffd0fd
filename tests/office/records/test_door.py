"""Irina of Minsk, Bakyt of Bishkek, somebody between the sides, and a reader of the public page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.core.register.secretaries import ALES, measure
from tests.office.records.office import BAKYT, IRINA, Office

from bilat.register.outcome import Refused
from bilat_office.records.door import Door
from bilat_office.records.listing import Filters
from bilat_office.records.refusals import NotSeen, OfficeRefused
from bilat_office.records.services.changes import change_propose
from bilat_office.records.services.drafts import draft_create
from bilat_office.records.services.private import private_delete, private_save
from bilat_office.records.viewer import Viewer

POSITION = "Fall back to 300 million"
MINISTRY = ("bodies", "min"), {"id": "min", "name": "Ministry", "kind": "ministry", "party": "BLR"}


def secret(**fields: str) -> dict[str, str]:
    return {"id": "line", "title": POSITION, "document": "roadmap", **fields}


@pytest.fixture
def shared(office: Office) -> Office:
    """Two joint measures of a roadmap, one of them published; a private one of each side."""
    roadmap = (
        ("documents", "roadmap"),
        {
            "id": "roadmap",
            "title": {"en": "Roadmap to 2027", "ru": "Дорожная карта до 2027 года"},
            "kind": "roadmap",
        },
    )
    house = (
        ("commitments", "house"),
        {
            "id": "house",
            "title": {"en": "Open a trade house", "ru": "Открыть торговый дом"},
            "document": "roadmap",
            "due": "2027",
            "sector": "trade",
            "owners": ["min"],
        },
    )
    school = measure("school", "Build a school", due="2026-06-30", sector="education")
    office.agree(roadmap, MINISTRY, house, school)
    shown = {"id": "commitments.house", "of": "commitments", "record": "house"}
    office.agree((("published", "commitments.house"), shown))
    private_save(section="commitments", content=secret(), by=IRINA, at=office.now())
    private_save(
        section="commitments", content={"id": "own", "title": "Ask 700"}, by=BAKYT, at=office.now()
    )
    return office


def ids(door: Door, filters: Filters | None = None, **order: object) -> list[str]:
    return [row.id for row in door.list("commitments", filters, **order).rows]  # type: ignore[arg-type]


def test_each_sees_the_joint_records_and_their_own(shared: Office) -> None:
    assert ids(shared.door("BLR")) == ["house", "line", "school"]
    assert ids(shared.door("KGZ")) == ["house", "own", "school"]
    assert ids(shared.door("joint")) == ["house", "school"]
    assert ids(shared.door(None)) == ["house"]
    counts = {side: shared.door(side).sections()["commitments"] for side in ("BLR", "joint", None)}
    assert counts == {"BLR": 3, "joint": 2, None: 1}


@pytest.mark.parametrize("side", ["KGZ", "joint", None])
def test_the_private_record_of_minsk_is_behind_no_door_but_its_own(
    shared: Office, side: str | None
) -> None:
    door = shared.door(side)
    for ask in (
        lambda: door.get("commitments", "line"),
        lambda: door.history("commitments", "line"),
        lambda: door.references("commitments", "line"),
        lambda: door.back_links("commitments", "line"),
    ):
        with pytest.raises(NotSeen) as refusal:
            ask()
        assert POSITION not in str(refusal.value)
    assert door.private_history("commitments", "line") == ()
    assert door.field_history("commitments", "line", "title") == ()
    assert door.search("300 million").total == 0
    assert door.list(None, Filters(names=("documents", "roadmap"))).total == 1
    if side is not None:
        links = door.back_links("documents", "roadmap")
        assert [row.id for row, _field in links] == ["house"]
    assert POSITION not in repr(door.programme())
    assert door.drafts() == ()


def test_minsk_finds_its_own_everywhere(shared: Office) -> None:
    door = shared.door("BLR")
    assert door.get("commitments", "line").title("ru") == POSITION
    assert [row.id for row in door.search("300 million").rows] == ["line"]
    assert {row.id for row, _f in door.back_links("documents", "roadmap")} == {"house", "line"}
    assert door.references("commitments", "line") == (("document", ("documents", "roadmap")),)
    assert POSITION in repr(door.programme())


def test_the_public_sees_what_both_sides_have_published_until_they_take_it_back(
    shared: Office,
) -> None:
    public = shared.door(None)
    assert public.get("commitments", "house").published
    with pytest.raises(NotSeen):
        public.get("commitments", "school")
    assert public.search("school").total == 0
    assert public.history("commitments", "house") == ()
    with pytest.raises(OfficeRefused, match="not public"), public.desk():
        pass
    assert [item.id for item in public.programme().commitments] == ["house"]
    title = ("heading", "heading"), {"title": "Belarus and Kyrgyzstan"}
    shared.agree(title)
    assert shared.door("joint").programme().title == "Belarus and Kyrgyzstan"
    assert public.programme().title == "blr-kgz"
    shown = {"id": "heading.heading", "of": "heading", "record": "heading"}
    shared.agree((("published", "heading.heading"), shown))
    assert public.programme().title == "Belarus and Kyrgyzstan"
    shared.agree((("published", "commitments.house"), None))
    assert ids(public) == []


def test_a_record_published_before_it_is_changed_stays_published(shared: Office) -> None:
    shared.agree(measure("house", "Open two trade houses"))
    assert shared.door(None).get("commitments", "house").title("en") == "Open two trade houses"


def test_a_viewer_of_a_third_side_is_refused(shared: Office) -> None:
    with pytest.raises(Refused):
        Door(Viewer("KAZ"))


@pytest.mark.parametrize(
    ("side", "sees"), [("BLR", (True, True)), ("KGZ", (False, True)), (None, (False, False))]
)
def test_an_export_holds_what_its_reader_may_see(
    shared: Office, tmp_path: Path, side: str | None, sees: tuple[bool, bool]
) -> None:
    shared.door(side).export(tmp_path)
    text = "".join(path.read_text() for path in tmp_path.rglob("*") if path.is_file())
    assert (POSITION in text, "Build a school" in text) == sees
    assert "Open a trade house" in text
    assert (tmp_path / "register").exists() == (side is not None)
    if side is None:
        with pytest.raises(Refused):
            shared.door(None).export(tmp_path)


def test_lists_are_filtered(shared: Office) -> None:
    door = shared.door("BLR")
    assert ids(door, Filters(sector=["trade"])) == ["house"]
    assert ids(door, Filters(owner="min")) == ["house"]
    assert ids(door, Filters(side="BLR")) == ["house"]
    assert ids(door, Filters(due_before=date(2026, 12, 31))) == ["school"]
    assert ids(door, Filters(due_from=date(2026, 7, 1))) == ["house"]
    assert ids(door, Filters(due_to=date(2027, 1, 1))) == ["house", "school"]
    assert ids(door, Filters(visibility="BLR")) == ["line"]
    assert ids(door, Filters(names=("documents", "roadmap"))) == ["house", "line"]
    assert ids(door, Filters(published=True)) == ["house"]
    assert ids(door, Filters(state=["complete"])) == []


def test_lists_are_ordered_and_cut_into_pages(shared: Office) -> None:
    door = shared.door("BLR")
    assert ids(door, sort="due") == ["school", "house", "line"]
    assert ids(door, sort="title") == ["school", "line", "house"]
    assert ids(door, sort="title", descending=True) == ["house", "line", "school"]
    page = door.list("commitments", page=2, size=2)
    assert ([row.id for row in page.rows], page.total, page.pages) == (["school"], 3, 2)
    for wrong in ({"page": 0}, {"size": 0}, {"size": 5000}, {"sort": "colour"}):
        with pytest.raises(OfficeRefused):
            door.list("commitments", **wrong)


@pytest.mark.parametrize(
    ("question", "hits"),
    [
        ("trade house", ["house"]),
        ("houses", ["house"]),
        ("дорожной карте", ["roadmap"]),
        ("торговых домов", ["house"]),
        ("ОТКРЫТЬ", ["house"]),
        ("scho", ["school"]),
        ("nothing of the kind", []),
        ("…", []),
        ('"; DROP TABLE records_row --', []),
        ("a* OR (b", []),
    ],
)
def test_a_search_knows_russian_forms_english_endings_and_beginnings(
    shared: Office, question: str, hits: list[str]
) -> None:
    assert [row.id for row in shared.door("KGZ").search(question).rows] == hits


def test_an_edited_record_is_found_by_its_new_words_only(shared: Office) -> None:
    shared.agree(measure("school", "Build a hospital"))
    door = shared.door("KGZ")
    assert door.search("school build").rows[0].id == "school"  # by its id
    assert door.search("hospital").total == 1
    private_delete(name=("commitments", "line"), by=IRINA, at=shared.now())
    assert shared.door("BLR").search("300").total == 0


def test_history_of_one_field(shared: Office) -> None:
    shared.agree(measure("school", "Build a school", due="2028"), reason="Later")
    (first, second) = shared.door("KGZ").field_history("commitments", "school", "due")
    assert (first.after, second.before, second.after) == ("2026-06-30", "2026-06-30", "2028")
    assert second.edit.reason == "Later"


def test_a_draft_is_seen_by_its_own_side_alone(shared: Office) -> None:
    draft_create(new=[measure("plan", POSITION)], reason="Soon", by=IRINA, at=shared.now())
    (draft,) = shared.door("BLR").drafts()
    assert (draft.route.author, draft.state) == ("irina", "open")
    for side in ("KGZ", "joint", None):
        assert shared.door(side).drafts() == ()


def test_what_awaits_ones_own_key_and_what_theirs(shared: Office) -> None:
    change = change_propose(new=[measure("bridge")], reason="?", by=ALES, at=shared.now())
    with shared.door("KGZ").desk() as desk:
        assert [item.id for item in desk.awaiting_my_key()] == [change]
        assert desk.awaiting_theirs() == ()
    with shared.door("BLR").desk() as desk:
        assert [item.id for item in desk.awaiting_theirs()] == [change]
        assert desk.awaiting_my_key() == ()
    with shared.door("joint").desk() as desk:
        assert desk.awaiting_my_key() == ()
        assert len(desk.open()) == 1
