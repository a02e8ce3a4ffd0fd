"""A secretary accepts, corrects or rejects what was read, and files what was accepted."""

from __future__ import annotations

import pytest
from tests.office.api.world import measure
from tests.office.pages.conftest import Desk
from tests.office.pages.filling import filled
from tests.office.pages.reader_desk import TURNOVER, address, file, finding, read
from tests.office.pages.reading import text_of

from bilat_office.people.doorway import viewer_of
from bilat_office.readings.selectors import questions_open
from bilat_office.records.door import Door
from bilat_office.records.viewer import Viewer

pytestmark = pytest.mark.django_db


def test_what_was_rejected_is_not_offered_again(office: Desk) -> None:
    irina = office.browser()
    number = read(irina)
    reject = address(number, "contact", "reject")
    refused = irina.post(reject, {"why": " "})
    assert refused.status_code == 400
    assert "Write why you reject it" in text_of(refused)
    answer = irina.post(reject, {"why": "It was a call, no session"})
    assert answer["Location"].startswith(f"/read/{number}#p")
    assert read(irina, publisher="Another agency") == number
    again = finding(number, "contact")
    assert (again.state, again.why) == ("rejected", "It was a call, no session")
    shown = text_of(irina.get(f"/read/{number}"))
    assert "It was a call, no session" in shown
    assert "This text was read before." in shown
    irina.post(address(number, "contact", "back"))
    assert finding(number, "contact").state == "waiting"


def test_what_the_text_does_not_say_is_asked(office: Desk) -> None:
    office.world.agree(TURNOVER)
    irina = office.browser()
    number = read(irina)
    accept = address(number, "figure", "accept")
    refused = irina.post(accept)
    assert refused.status_code == 400
    assert "Answer first: For which side is this said?" in text_of(refused)
    strange = irina.post(accept, {"a_value": "many", "a_side": "KGZ"})
    assert strange.status_code == 400
    assert "is no number" in text_of(strange)
    assert irina.post(accept, {"a_side": "KGZ"}).status_code == 302
    assert finding(number, "figure").answers == {"side": "KGZ"}


def test_two_figures_of_one_period_stay_side_by_side(office: Desk) -> None:
    known = {
        "id": "turnover-2024-blr", "indicator": "turnover", "side": "BLR", "period": "2024",
        "value": "120000000", "stated": "2025-01-30",
    }  # fmt: skip
    office.world.agree(TURNOVER, (("figures", "turnover-2024-blr"), known))
    irina = office.browser()
    number = read(irina, speaks_for="KGZ")
    page = irina.get(f"/read/{number}")
    shown = text_of(page)
    assert "contradicts what is recorded" in shown
    assert "An open question" in shown
    part = shown.split("Both statements stay, side by side.")[1]
    assert part.index("Recorded") < part.index("120,000,000") < part.index("In this text")
    assert "138 million USD" in part  # the headline of what was read
    irina.post(address(number, "figure", "accept"))
    assert file(irina, number, "draft").status_code == 302
    viewer = viewer_of(office.world.people["BLR", "secretary"])
    assert questions_open(viewer) == 1
    answer = address(number, "figure", "answer")
    assert irina.post(answer, {"answer": ""}).status_code == 400
    irina.post(answer, {"answer": "Each side counts its own way"})
    assert questions_open(viewer) == 0
    assert "Each side counts its own way" in text_of(irina.get(f"/read/{number}"))
    (draft,) = Door(Viewer("BLR")).drafts()
    figures = [content for (section, _id), content in draft.new if section == "figures"]
    assert [(item or {})["side"] for item in figures] == ["KGZ"]  # the other one is not touched


def test_a_correction_goes_through_the_form_of_the_record(office: Desk) -> None:
    irina = office.browser()
    number = read(irina, kind="communique")
    correct = address(number, "commitment", "correct", "trading house")
    page = irina.get(correct)
    form = filled(page, "f_due")
    assert "trading house" in form["f_title__en"]
    wrong = irina.post(correct, {**form, "f_due": "soon", "f_title__en": "My own words"})
    assert wrong.status_code == 400
    assert filled(wrong, "f_due")["f_title__en"] == "My own words"
    assert irina.post(correct, {**form, "f_due": "2027-Q2"}).status_code == 302
    assert finding(number, "commitment", "trading house").state == "chosen"
    assert "Corrected by a person." in text_of(irina.get(f"/read/{number}"))
    file(irina, number, "draft")
    (draft,) = Door(Viewer("BLR")).drafts()
    new = {section: content or {} for (section, _id), content in draft.new}
    assert new["commitments"]["due"] == "2027-Q2"
    assert new["commitments"]["document"] == new["documents"]["id"]
    assert new["sources"]["publisher"] == "Kabar"


def test_a_correction_gets_parts_without_yaml(office: Desk) -> None:
    irina = office.browser()
    number = read(irina, kind="communique")
    correct = address(number, "commitment", "correct", "trading house")
    form = filled(irina.get(correct), "f_due")
    page = irina.post(correct, {**form, "part": "add f_milestones"})
    assert page.status_code == 200
    assert finding(number, "commitment", "trading house").state == "waiting"
    form = {**filled(page, "f_due"), "f_milestones-0-title__en": "Rent the house"}
    assert irina.post(correct, form).status_code == 302
    kept = finding(number, "commitment", "trading house").record["content"]
    assert kept["milestones"] == [{"title": {"en": "Rent the house"}}]


def test_a_dropped_draft_gives_its_proposals_back(office: Desk) -> None:
    irina = office.browser()
    number = read(irina)
    irina.post(address(number, "commitment", "accept"))
    answer = file(irina, number, "draft")
    draft = answer["Location"]
    assert f"draft {draft.rsplit('/', 1)[1]}: on its way" in text_of(irina.get(f"/read/{number}"))
    back = address(number, "commitment", "back")
    assert irina.post(back).status_code == 400  # it is under way
    irina.post(f"{draft}/drop")
    assert "Take it up again" in text_of(irina.get(f"/read/{number}"))
    assert irina.post(back).status_code == 302
    assert finding(number, "commitment").state == "waiting"


def test_what_changed_meanwhile_is_looked_at_again(office: Desk) -> None:
    irina = office.browser()
    number = read(irina)
    irina.post(address(number, "commitment", "accept"))
    seen = filled(irina.get(f"/read/{number}/file"), "seen")
    irina.post(address(number, "contact", "accept"))
    answer = irina.post(f"/read/{number}/file", {**seen, "how": "draft"})
    assert answer.status_code == 400
    assert "Something has changed since you looked." in text_of(answer)
    missing = file(irina, number, "draft", reason=" ")
    assert missing.status_code == 400
    assert "Write why" in text_of(missing)
    assert Door(Viewer("BLR")).drafts() == ()


def test_a_wrong_passphrase_files_nothing(office: Desk) -> None:
    irina = office.browser()
    number = read(irina)
    irina.post(address(number, "commitment", "accept"))
    answer = file(irina, number, "propose", passphrase_BLR="wrong")  # noqa: S106
    assert answer.status_code == 400
    assert finding(number, "commitment").state == "chosen"


def test_the_own_side_alone_keeps_what_it_wants(office: Desk) -> None:
    irina, aida = office.browser(), office.browser("KGZ")
    number = read(irina)
    irina.post(address(number, "commitment", "accept", "trading house"))
    answer = file(irina, number, "private")
    assert answer["Location"] == f"/read/{number}"
    assert "a record of your side alone" in text_of(irina.get(f"/read/{number}"))
    assert "trading house" in text_of(irina.get("/roadmap"))
    for page in ("/roadmap", "/records/commitments", "/records/sources", "/search?q=trading"):
        shown = text_of(aida.get(page))
        assert "trading house" not in shown, page
        assert "Kabar" not in shown, page
    joint = Door(Viewer("joint")).programme()
    assert (joint.commitments, joint.sources) == ((), ())


def test_a_joint_record_is_not_changed_by_one_side(office: Desk) -> None:
    title = "Open a trading house of Belarusian machinery in Osh"
    office.world.agree(measure("house", title))
    irina = office.browser()
    number = read(irina)
    assert "known already" in text_of(irina.get(f"/read/{number}"))
    irina.post(address(number, "commitment", "accept", "trading house"))
    answer = file(irina, number, "private")
    assert answer.status_code == 400
    assert "is a joint record" in text_of(answer)


def test_what_the_side_has_of_its_own_is_told_to_it_and_enters_no_change(office: Desk) -> None:
    title = "Open a trading house of Belarusian machinery in Osh"
    own = {"id": "own-house", "title": title, "note": "our price is zubr-price"}
    office.world.keep("BLR", "commitments", own)
    irina, aida = office.browser(), office.browser("KGZ")
    number = read(irina)
    shown = text_of(irina.get(f"/read/{number}"))
    assert "your side alone has" in shown
    assert "your side alone has" not in text_of(aida.get(f"/read/{read(aida)}"))
    irina.post(address(number, "commitment", "accept", "trading house"))
    change = file(irina, number, "propose")["Location"]
    seen = text_of(aida.get(change))
    assert "trading house" in seen
    assert "own-house" not in seen
    assert "zubr-price" not in seen
