"""One roadmap ends and another follows: what is open goes on, with new dates and their reason."""

from __future__ import annotations

import pytest
from tests.office.api.world import PASSPHRASE, measure
from tests.office.pages.conftest import Desk
from tests.office.pages.reading import faults_of, text_of

from bilat_office.records.door import Door
from bilat_office.records.viewer import Viewer

pytestmark = pytest.mark.django_db
CARRY = "/roadmap/_carry?from=roadmap-27&to=roadmap-30"


@pytest.fixture
def desk(office: Desk) -> Desk:
    office.world.agree(
        *(
            (("documents", id_), {"id": id_, "title": title, "kind": "roadmap", "signed": signed})
            for id_, title, signed in (
                ("roadmap-27", "Roadmap to 2027", "2024-05-01"),
                ("roadmap-30", "Roadmap to 2030", "2026-05-01"),
            )
        ),
        measure("houses", "Open trade houses", document="roadmap-27", due="2025"),
        measure("roads", "Pave the road", document="roadmap-27", due="2027",
                depends_on=["houses"]),
        measure("done", "Sign the plan", document="roadmap-27", evidence=[
            {"on": "2025-02-01", "grade": "complete", "text": "Signed"}]),
        measure("other", "Another roadmap's", document="roadmap-30", due="2029"),
    )  # fmt: skip
    return office


def sent(**more: str) -> dict[str, str]:
    return {"how": "propose", "reason": "The successor is signed", "passphrase_BLR": PASSPHRASE,
            **more}  # fmt: skip


def test_open_measures_go_on_with_new_dates_as_one_change(desk: Desk) -> None:
    client = desk.browser()
    assert "2 open measures" in text_of(client.get(CARRY))
    answer = client.post(
        CARRY, sent(due_houses="2028", due_reason_en="Moved into the new term"), follow=True
    )
    assert answer.status_code == 200
    (proposed,) = desk.browser("KGZ").get("/changes").context["visit"].office.awaiting
    new = {item.name: item.content for item in proposed.change.items}
    assert set(new) == {("documents", "roadmap-30"), ("commitments", "houses")}
    document, houses = new["documents", "roadmap-30"], new["commitments", "houses"]
    assert document is not None
    assert houses is not None
    assert (document["succeeds"], document["carries_over"]) == ("roadmap-27", True)
    assert houses["due"] == "2025"
    assert houses["due_changes"][0]["due"] == "2028"


def test_once_agreed_they_are_listed_under_the_new_roadmap(desk: Desk) -> None:
    stands = Door(Viewer("BLR")).get("documents", "roadmap-30").content
    desk.world.agree(
        (("documents", "roadmap-30"), {**stands, "succeeds": "roadmap-27", "carries_over": True})
    )
    text = text_of(desk.browser().get("/roadmap/_carry?from=roadmap-30&to=roadmap-27"))
    assert "3 open measures" in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"due_houses": "soon", "due_reason_en": "x"}, "is no day, month, quarter or year"),
        ({"due_houses": "2028"}, "A changed date has a reason"),
    ],
)
def test_a_date_that_lacks_something_says_what(
    desk: Desk, typed: dict[str, str], said: str
) -> None:
    answer = desk.browser().post(CARRY, sent(**typed))
    assert answer.status_code == 400
    assert said in text_of(answer)
    assert f'value="{typed["due_houses"]}"' in answer.content.decode()
    assert faults_of(answer) == []


def test_a_document_cannot_follow_itself(desk: Desk) -> None:
    answer = desk.browser().get("/roadmap/_carry?from=roadmap-27&to=roadmap-27")
    assert answer.status_code == 400
    assert "Choose two different documents" in text_of(answer)


def test_who_may_not_write_is_told(desk: Desk) -> None:
    assert desk.browser(role="observer").get(CARRY).status_code == 403


def test_a_measure_shows_what_it_waits_for_and_who_waits_for_it(desk: Desk) -> None:
    client = desk.browser()
    waiting = text_of(client.get("/roadmap/roads"))
    assert "It waits for Open trade houses – late" in waiting
    assert "These wait for it Pave the road" in text_of(client.get("/roadmap/houses"))


def test_the_pair_that_follows_is_offered_and_called_by_its_titles(desk: Desk) -> None:
    desk.world.agree(
        (
            ("documents", "roadmap-30"),
            {"id": "roadmap-30", "title": "Roadmap to 2030", "kind": "roadmap",
             "signed": "2026-05-01", "succeeds": "roadmap-27"},
        ),
        (("documents", "plan"), {"id": "plan", "title": "A plan", "kind": "programme",
                                 "signed": "2026"}),
    )  # fmt: skip
    client = desk.browser()
    offered = client.get("/roadmap/_carry").context
    assert (offered["from"], offered["to"]) == ("roadmap-27", "roadmap-30")
    wrong = client.get("/roadmap/_carry?from=plan&to=roadmap-30")
    assert "“Roadmap to 2030” follows another document: “Roadmap to 2027”." in text_of(wrong)
    for document in ("roadmap-27", "roadmap-30"):
        page = client.get(f"/documents/{document}").content.decode()
        assert "/roadmap/_carry?from=roadmap-27&amp;to=roadmap-30" in page
    assert "No open measure stands in" in text_of(
        client.get("/roadmap/_carry?from=plan&to=roadmap-27")
    )
