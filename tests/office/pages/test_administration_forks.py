"""Bishkek's office sees two histories, and goes on from the one that both sides have agreed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.core.register.secretaries import AIDA, ALES
from tests.office.api.world import PASSPHRASE, founding, measure
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of

from bilat.register.node import Node
from bilat.register.orders import checkpoint, countersign, propose, seal
from bilat.register.store import export
from bilat_office.cli import office as command
from bilat_office.records.door import Door
from bilat_office.records.models import LockedKey
from bilat_office.records.services.keys import key_kept
from bilat_office.records.services.messages import message_receive
from bilat_office.records.viewer import Viewer

pytestmark = pytest.mark.django_db
HERE = "/administration/exchange/histories"


def enter(node: Node, desk: Desk, *new: Any) -> list[bytes]:
    change = propose(node, new, f"Reason {desk.world.minute}", ALES, desk.world.now())
    countersign(node, change.id, AIDA, desk.world.now())
    return [message.line for message in seal(node, ALES, desk.world.now())]


@pytest.fixture
def minsk(office: Desk) -> Node:
    """Minsk has shown this office one second entry, and holds another itself."""
    node, twin = Node(founding()), Node(founding())
    (first,) = enter(node, office, measure("house"))
    twin.receive(first)
    (theirs,) = enter(twin, office, measure("house", "Two houses"))
    (mine,) = enter(node, office, measure("school", "A school"))
    assert [message_receive(line=line).code for line in (first, theirs, mine)] == [
        "accepted", "accepted", "fork",
    ]  # fmt: skip
    return node


def heads() -> int:
    with Door(Viewer("KGZ")).desk() as desk:
        return len(desk.forks)


def test_both_heads_and_both_changes_stand_side_by_side(office: Desk, minsk: Node) -> None:
    aida = office.browser("KGZ")
    assert f'href="{HERE}"' in aida.get("/administration/exchange").content.decode()
    answer = aida.get(HERE)
    assert faults_of(answer) == []
    page = text_of(answer)
    assert "Belarus has signed an entry of another history" in page
    assert minsk.register.head in page
    with Door(Viewer("KGZ")).desk() as desk:
        assert desk.head in page
    assert "Measures and decisions: school" in page
    assert "Measures and decisions: house" in page
    assert "bilat-office settle FOLDER" in page
    assert "Go on from this office" not in page  # a secretary does not manage keys


def test_a_confirmation_of_another_history_shows_its_head(office: Desk, minsk: Node) -> None:
    assert message_receive(line=checkpoint(minsk, ALES, office.world.now()).line).code == "fork"
    page = text_of(office.browser("KGZ").get(HERE))
    assert "Belarus has confirmed another history up to this place" in page
    assert "not shown: only its head has come" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"passphrase_KGZ": PASSPHRASE}, "Confirm first that both sides have agreed."),
        ({"agreed": "1", "passphrase_KGZ": "a guess"}, "The passphrase does not open this key"),
        ({"agreed": "1"}, "Give the passphrase of the key of Kyrgyzstan."),
    ],
)
def test_nothing_is_settled_without_a_word_and_a_key(
    office: Desk, minsk: Node, typed: dict[str, str], said: str
) -> None:
    answer = office.browser("KGZ", "administrator").post(HERE, typed)
    assert answer.status_code == 400
    assert said in text_of(answer)
    assert heads() == 1
    assert office.browser("KGZ").post(HERE, {"agreed": "1"}).status_code == 403


def test_the_office_goes_on_from_its_own_history(office: Desk, minsk: Node) -> None:
    admin = office.browser("KGZ", "administrator")
    done = admin.post(HERE, {"agreed": "1", "passphrase_KGZ": PASSPHRASE}, follow=True)
    assert "The office goes on from its own history." in text_of(done)
    assert heads() == 0
    assert "There are none" in text_of(admin.get(HERE))
    assert "There are two histories" not in text_of(admin.get("/administration/exchange"))


def test_the_other_history_comes_as_an_export(
    office: Desk, minsk: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILAT_LANG", "en")
    export(minsk, tmp_path)
    wrong = CliRunner().invoke(command, ["settle"])
    assert (wrong.exit_code, "FOLDER or --ours" in wrong.output) == (2, True)
    done = CliRunner().invoke(command, ["settle", str(tmp_path)], catch_exceptions=False)
    assert "The office goes on from the agreed history." in done.output
    assert "Under way again:" in done.output
    assert heads() == 0
    assert "A school" in text_of(office.browser("KGZ").get("/roadmap/school"))


def test_a_key_that_was_kept_elsewhere_is_brought(office: Desk) -> None:
    kept = LockedKey.objects.get(side="KGZ")
    pem = bytes(key_kept(kept.key).pem)
    LockedKey.objects.all().delete()
    admin = office.browser("KGZ", "administrator")
    assert faults_of(admin.get("/administration/keys/_bring")) == []

    def bring(data: bytes, passphrase: str, side: str = "KGZ") -> Any:
        file = SimpleUploadedFile("key.pem", data)
        return office.browser(side, "administrator").post(
            "/administration/keys/_bring", {"file": file, "passphrase": passphrase}, follow=True
        )

    assert "does not open this key" in text_of(bring(pem, "a guess"))
    assert "This is no key locked by a passphrase" in text_of(bring(b"nonsense", PASSPHRASE))
    assert "far too long" in text_of(bring(b"x" * 200_000, PASSPHRASE))
    theirs = bring(pem, PASSPHRASE, "BLR")
    assert "The register has no key" in text_of(theirs)
    assert not LockedKey.objects.exists()
    assert "The key is kept here now, and can sign." in text_of(bring(pem, PASSPHRASE))
    assert LockedKey.objects.get().side == "KGZ"
    assert office.browser("KGZ").get("/administration/keys/_bring").status_code == 403
