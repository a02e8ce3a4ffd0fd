"""Whatever a folder holds comes back from the office as it was, and nothing is overwritten."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from tests.core.programme.strategies import programmes
from tests.core.register.secretaries import AIDA, ALES, at, founding, measure, seed
from tests.office.records.office import IRINA, Office

from bilat.programme import Programme, Record, open_programme, save
from bilat.register.genesis import Founding, found
from bilat.register.kinds import Mode
from bilat.register.outcome import Refused
from bilat.register.verify import Verified, verify
from bilat_office.records.exchange import office_export, office_programme, plan_import
from bilat_office.records.inspecting import office_verify
from bilat_office.records.keeper import KEEPER
from bilat_office.records.models import PrivateVersion, Reference, Row
from bilat_office.records.refusals import OfficeRefused
from bilat_office.records.services.changes import bundle, change_enter_alone
from bilat_office.records.services.founding import in_messages, office_found, office_restore
from bilat_office.records.services.private import private_save
from bilat_office.records.services.rebuilding import rebuild
from bilat_office.records.vendor import EVERYTHING, reading_as

EXAMPLE = Path(__file__).parents[3] / "examples" / "blr-kgz"
SIDES = ("BLR", "KGZ")
Held = dict[tuple[str, str], Record]


def begun(programme: Programme, mode: Mode = "solo") -> Founding:
    nonce = seed("nonce")
    founding = found(programme.id, [ALES.signer, AIDA.signer], at=at(0), nonce=nonce, mode=mode)
    office_found(
        programme=programme, founding=founding, by=[ALES, AIDA], keys=[], reason="First", at=at(1)
    )
    return founding


def held(programme: Programme) -> tuple[Held, tuple[object, ...]]:
    """Records by name (an office keeps no order among them), and the head."""
    records = {(record.section, record.id): record for record in programme.records()}
    return records, (
        programme.id, programme.title, programme.keys, programme.parties, programme.headline_target,
    )  # fmt: skip


@contextmanager
def another_office() -> Iterator[None]:
    """An empty database inside the test's own, gone afterwards."""
    KEEPER.forget()
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined] # services may begin inside it
    with block:
        yield
        transaction.set_rollback(True)
    KEEPER.forget()


def rows(*visible: str) -> list[object]:
    """Everything that lists and searches use, without the numbers of the rows.

    visible: only rows of these visibilities.
    """
    with reading_as(EVERYTHING):
        chosen = Row.objects.filter(visibility__in=visible) if visible else Row.objects.all()
        fields = [field.name for field in Row._meta.fields if field.name != "id"]
        references = Reference.objects.filter(row__in=chosen).order_by(
            "row__section", "row__record", "row__visibility", "field", "section", "record"
        )
        return [
            *chosen.order_by("section", "record", "visibility").values_list(*fields),
            *references.values_list("row__record", "field", "section", "record", "visibility"),
        ]


def round_trip(programme: Programme, mode: Mode) -> None:
    """Folder → office → folder → another office → folder, and at each step the same."""
    with TemporaryDirectory() as aside:
        first, second = Path(aside, "first"), Path(aside, "second")
        with another_office():
            begun(programme, mode)
            office_export(folder=first, sides=SIDES)
            whole, disagreeing = office_verify()
            assert isinstance(whole, Verified)
            assert disagreeing == ()
            before = rows("joint")
        once = open_programme(first)
        assert held(once) == held(programme.model_copy(update={"keys": mode}))
        with another_office():
            office_restore(folder=first, programme=once, author="x", at=at(2))
            assert rows("joint") == before
            assert plan_import(once, SIDES).empty
            office_export(folder=second, sides=SIDES)
        assert held(open_programme(second)) == held(once)
        for name in ("genesis.json", "chain.jsonl", "keys.json", "state.jsonl"):
            assert (first / "register" / name).read_bytes() == (
                second / "register" / name
            ).read_bytes()
        assert isinstance(verify(second), Verified)


@pytest.mark.parametrize("mode", ["solo", "two"])
def test_the_example_comes_back_as_it_was(db: None, mode: Mode) -> None:
    round_trip(open_programme(EXAMPLE), mode)


@settings(
    max_examples=5 if "DATABASE_URL" in os.environ else 20,
    phases=[Phase.generate],  # each example is two offices: to shrink one takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(programme=programmes())
def test_any_programme_comes_back_as_it_was(db: None, programme: Programme) -> None:
    round_trip(programme, programme.keys)


def test_private_records_go_out_with_their_own_side_alone(office: Office, tmp_path: Path) -> None:
    office.agree(measure("house"))
    content = {"id": "line", "title": "Fall back to 300 million"}
    private_save(section="commitments", content=content, by=IRINA, at=office.now())
    for sides, there in (((), False), (("KGZ",), False), (("BLR",), True)):
        folder = tmp_path / "-".join(["to", *sides])
        office_export(folder=folder, sides=sides)
        text = "".join(path.read_text() for path in folder.rglob("*") if path.is_file())
        assert ("300 million" in text) == there


def test_two_private_records_of_one_name_are_not_squeezed_into_one_folder(
    office: Office, tmp_path: Path
) -> None:
    from tests.office.records.office import BAKYT

    for person in (IRINA, BAKYT):
        content = {"id": "line", "title": person.id}
        private_save(section="commitments", content=content, by=person, at=office.now())
    with pytest.raises(OfficeRefused, match="commitments/line"):
        office_export(folder=tmp_path, sides=SIDES)
    assert len(office_programme(["BLR"]).commitments) == 1


def test_an_export_is_brought_up_to_date_and_never_written_over_another_programme(
    db: None, tmp_path: Path
) -> None:
    programme = open_programme(EXAMPLE)
    save(programme, tmp_path / "other")
    begun(programme)
    with pytest.raises(OfficeRefused, match="other"):
        office_export(folder=tmp_path / "other", sides=())
    office_export(folder=tmp_path / "ours", sides=())
    change_enter_alone(new=[measure("extra")], reason="+", by=[ALES, AIDA], at=at(5))
    office_export(folder=tmp_path / "ours", sides=())
    assert "extra" in {item.id for item in open_programme(tmp_path / "ours").commitments}
    whole = verify(tmp_path / "ours")
    assert isinstance(whole, Verified)
    assert whole.entries == 2


def test_an_export_that_was_edited_since_is_not_written_over(db: None, tmp_path: Path) -> None:
    begun(open_programme(EXAMPLE))
    office_export(folder=tmp_path, sides=())
    change_enter_alone(new=[measure("extra")], reason="+", by=[ALES, AIDA], at=at(5))
    exported = open_programme(tmp_path)
    first, *others = exported.commitments
    edited = first.model_copy(update={"title": "By hand"})
    save(exported.with_fields(commitments=(edited, *others)), tmp_path)
    with pytest.raises(OfficeRefused, match=first.id):
        office_export(folder=tmp_path, sides=())
    assert edited in open_programme(tmp_path).commitments


def test_an_edited_folder_shows_what_would_change(db: None) -> None:
    programme = open_programme(EXAMPLE)
    begun(programme)
    first, second, *others = programme.commitments
    edited = first.model_copy(update={"title": "Another title"})
    fresh = second.model_copy(update={"id": "fresh", "visibility": "BLR"})
    changed = programme.with_fields(
        commitments=(edited, second, fresh, *others),
        observations=programme.observations[1:],
        title="Another name",
    )
    plan = plan_import(changed, ["BLR"])
    assert [(item.name, item.fields) for item in plan.joint] == [
        (("heading", "heading"), ("title",)),
        (("commitments", first.id), ("title",)),
    ]
    assert [item.name for item in plan.private] == [("commitments", "fresh")]
    assert plan.gone == (("observations", programme.observations[0].id),)
    assert plan_import(changed, ["KGZ"]).private == ()
    change_enter_alone(new=plan.new(delete=True), reason="+", by=[ALES, AIDA], at=at(5))
    after = plan_import(changed, ["BLR"])
    assert (after.joint, after.gone) == ((), ())


def test_the_folder_of_another_programme_is_not_brought_in(office: Office) -> None:
    other = open_programme(EXAMPLE).with_fields(id="other")
    with pytest.raises(OfficeRefused, match="other"):
        plan_import(other, SIDES)


def test_a_broken_export_does_not_begin_anywhere(db: None, tmp_path: Path) -> None:
    programme = open_programme(EXAMPLE)
    with another_office():
        begun(programme)
        office_export(folder=tmp_path, sides=())
    chain = tmp_path / "register" / "chain.jsonl"
    chain.write_bytes(chain.read_bytes().replace(b"turnover-500", b"turnover-600", 1))
    with pytest.raises(Refused):
        office_restore(folder=tmp_path, programme=programme, author="x", at=at(2))
    assert not Row.objects.exists()
    begun(programme)  # the failed beginning has left nothing behind


def test_rebuilding_changes_nothing(office: Office) -> None:
    office.agree(measure("house", due="2027", sector="trade"), measure("school"))
    office.agree(measure("school", depends_on=["house"]))
    shown = {"id": "commitments.house", "of": "commitments", "record": "house"}
    office.agree((("published", "commitments.house"), shown))
    private_save(
        section="commitments", content={"id": "line", "title": "x"}, by=IRINA, at=office.now()
    )
    before, found_before = rows(), searched(office)
    assert rebuild() == 9  # three commitments, one publication, four keys, the rules
    assert rows() == before
    assert searched(office) == found_before


def searched(office: Office) -> Sequence[tuple[str, ...]]:
    questions = ("trade house", "line", "school", "house")
    door = office.door("BLR")
    return [tuple(sorted(row.id for row in door.search(ask).rows)) for ask in questions]


def test_verify_names_what_does_not_agree_with_the_signed_lines(office: Office) -> None:
    office.agree(measure("house"))
    with reading_as(EVERYTHING):
        Row.objects.filter(record="house").update(sector="painted")
    whole, disagreeing = office_verify()
    assert isinstance(whole, Verified)
    (line,) = disagreeing
    assert "commitments/house" in str(line)
    rebuild()
    assert office_verify()[1] == ()
    with reading_as(EVERYTHING):
        Row.objects.filter(record="house").delete()
    assert "commitments/house" in str(office_verify()[1][0])


def test_a_programme_too_long_for_one_message_is_entered_in_parts() -> None:
    programme = open_programme(EXAMPLE)
    new = bundle(programme.records())
    parts = list(in_messages(new, longest=60_000))
    assert len(parts) > 1
    assert sorted(name for part in parts for name, _content in part) == sorted(
        name for name, _content in new
    )
    assert list(in_messages(new)) == [new]


def test_each_part_stands_on_the_ones_before(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from bilat_office.records.services import founding as founding_services

    programme = open_programme(EXAMPLE)
    cut = founding_services.in_messages
    monkeypatch.setattr(founding_services, "in_messages", lambda new: cut(new, longest=60_000))
    begun(programme)
    with KEEPER.reading() as node:
        assert node.register.place > 1
    assert held(office_programme(SIDES)) == held(programme)


def test_a_genesis_without_a_heading_still_makes_a_programme(office: Office) -> None:
    programme = office.door("BLR").programme()
    assert (programme.id, programme.title, programme.sides) == ("blr-kgz", "blr-kgz", SIDES)
    assert founding().said.programme == "blr-kgz"
    with reading_as(EVERYTHING):
        assert not PrivateVersion.objects.exists()
