"""Irina asks for a job, sees how far it is, and gets what her side may see; nobody else does."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.core.register.secretaries import START
from tests.office.records.office import Office

from bilat.language import say
from bilat_office.files.cabinet import Cabinet
from bilat_office.jobs.kinds import KINDS
from bilat_office.jobs.models import Job
from bilat_office.jobs.refusals import JobRefused, JobStopped, Later, NoSuchJob
from bilat_office.jobs.selectors import job_files, job_folder, job_seen, jobs_seen
from bilat_office.jobs.services.asking import job_ask, job_cancel
from bilat_office.jobs.services.running import (
    FIRST_PAUSE,
    LEASE,
    MOST_ATTEMPTS,
    job_claim,
    job_finish,
    job_progress,
)
from bilat_office.jobs.task import Kind, Result, Task
from bilat_office.jobs.worker import work, work_once
from bilat_office.people.doorway import PUBLIC, Watched, viewer_of
from bilat_office.people.models import AuditLine, Person
from bilat_office.people.permissions import NotPermitted
from bilat_office.people.services.persons import person_shut_out
from bilat_office.records.viewer import JOINT, Viewer

LATER = START + timedelta(hours=1)


class Clock:
    """Stands where the test puts it."""

    def __init__(self, at: datetime = LATER) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


def ask(person: Person, kind: str, **arguments: Any) -> Job:
    return job_ask(kind=kind, arguments=arguments, person=person, at=START)


def ended(job: Job, clock: Clock, kinds: Mapping[str, Kind] = KINDS) -> Job:
    assert work_once(now=clock, kinds=kinds)
    job.refresh_from_db()
    return job


def test_the_documents_of_her_side_are_made_and_the_other_side_finds_nothing(
    irina: Person, bakyt: Person, clock: Clock
) -> None:
    job = ended(ask(irina, "documents", formats=["json", "ics"], lang="en"), clock)
    assert (job.state, job.progress, job.said) == ("done", 1.0, "Writing ICS")
    assert job.result["said"] == "Documents written: 2"
    files = job_files(viewer_of(irina), job.pk)
    assert {path.suffix for path in files} == {".json", ".ics"}
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert "BELARUSONLY" in text
        assert "KYRGYZONLY" not in text
    assert list(jobs_seen(viewer_of(irina))) == [job]
    for other in (viewer_of(bakyt), Viewer(JOINT), PUBLIC):
        assert not jobs_seen(other)
        with pytest.raises(NoSuchJob, match="There is no job"):
            job_files(other, job.pk)
    line = AuditLine.objects.get(action="documents: programme")
    assert (line.person, line.records) == (irina.handle, ["commitments/line"])


def test_an_export_holds_the_register_and_her_side_alone(irina: Person, clock: Clock) -> None:
    job = ended(ask(irina, "export"), clock)
    (archive,) = job_files(viewer_of(irina), job.pk)
    with zipfile.ZipFile(archive) as packed:
        names = packed.namelist()
        text = b"".join(packed.read(name) for name in names).decode()
    assert "register/chain.jsonl" in names or any("register/" in name for name in names)
    assert "BELARUSONLY" in text
    assert "KYRGYZONLY" not in text
    assert [path.name for path in archive.parent.iterdir()] == [archive.name]


def test_an_export_takes_the_files_of_documents_along(
    irina: Person, clock: Clock, office: Office
) -> None:
    office.agree((("documents", "treaty"), {"id": "treaty", "title": "Treaty", "kind": "treaty"}))
    door = Watched(viewer_of(irina), lambda *_: None)
    Cabinet(door).add(
        document="treaty", visibility="BLR", name="position.txt", data=b"Our position", at=START
    )
    job = ended(ask(irina, "export"), clock)
    (archive,) = job_files(viewer_of(irina), job.pk)
    with zipfile.ZipFile(archive) as packed:
        (path,) = (name for name in packed.namelist() if name.startswith("files/treaty/"))
        assert packed.read(path) == b"Our position"
    line = AuditLine.objects.get(action="export: files")
    assert line.person == irina.handle


def test_a_file_of_the_server_is_loaded_once(
    irina: Person, clock: Clock, tmp_path: Path, settings: Any
) -> None:
    pytest.importorskip("deltalake")
    settings.OFFICE_FILES = [str(tmp_path / "in")]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "flows.csv").write_text(FLOWS, encoding="utf-8")
    asked = {"file": "flows.csv", "dataset": "cepii-baci-hs17", "vintage": "2026-02-01"}
    first = ended(ask(irina, "statistics", **asked), clock)
    assert (first.state, first.error) == ("done", "")
    assert (first.result["rows"], first.result["already"]) == (2, False)
    second = ended(ask(irina, "statistics", **asked), clock)
    assert second.result["already"] is True
    for outside in ("../secret.csv", "/etc/passwd", "missing.csv"):
        with pytest.raises(JobRefused, match="no such file"):
            ask(irina, "statistics", **{**asked, "file": outside})


def test_an_outlook_is_kept_with_her_side_and_a_second_one_of_the_day_changes_nothing(
    irina: Person, bakyt: Person, clock: Clock
) -> None:
    from bilat_office.records.door import Door

    job = ended(ask(irina, "outlook", draws=1000), clock)
    assert job.state == "done", job.error
    again = ended(ask(irina, "outlook", draws=1000), clock)
    assert again.result["kept"] == []
    assert Door(viewer_of(irina)).sections()["outlooks"] == len(job.result["kept"])
    assert Door(viewer_of(bakyt)).sections()["outlooks"] == 0
    wrong = ended(ask(irina, "outlook", targets=["none"]), clock)
    assert (wrong.state, "There is no target none" in wrong.error) == ("failed", True)


@pytest.mark.parametrize(
    ("kind", "arguments", "said"),
    [
        ("juggle", {}, "There is no such job"),
        ("reminders", {}, "There is no such job"),
        ("documents", {"formats": ["odt"]}, "formats are"),
        ("documents", {"colour": "red"}, "colour"),
        ("outlook", {"draws": 5}, "draws"),
        ("statistics", {"file": "x", "dataset": "tidy", "vintage": "soon"}, "vintage"),
    ],
)
def test_what_cannot_be_is_refused_when_it_is_asked_for(
    irina: Person, kind: str, arguments: dict[str, Any], said: str
) -> None:
    with pytest.raises(JobRefused, match=said):
        ask(irina, kind, **arguments)
    assert not Job.objects.exists()


def test_an_observer_loads_nothing(invite: Any) -> None:
    observer = invite("Olga Orlova", roles=["observer"])
    with pytest.raises(NotPermitted):
        ask(observer, "outlook")
    assert ask(observer, "documents").state == "queued"


def test_who_was_shut_out_gets_nothing_computed(irina: Person, clock: Clock) -> None:
    job = ask(irina, "documents")
    person_shut_out(person=irina, at=START)
    assert ended(job, clock).state == "failed"
    assert "shut out" in job.error


def test_a_job_called_off_stops_at_its_next_step(irina: Person, clock: Clock) -> None:
    job = ask(irina, "documents")
    held = job_claim(at=LATER)
    assert held is not None
    job_cancel(number=job.pk, viewer=viewer_of(irina), at=LATER)
    with pytest.raises(JobStopped):
        job_progress(job=held, share=0.5, said="half", at=LATER)
    with pytest.raises(JobStopped):
        job_finish(job=held, result={}, at=LATER)
    job.refresh_from_db()
    assert (job.state, job.result) == ("cancelled", {})
    assert not work_once(now=clock)


def test_a_job_left_by_a_killed_worker_is_taken_again_and_the_first_one_is_not_heard(
    irina: Person,
) -> None:
    job = ask(irina, "documents")
    first = job_claim(at=LATER)
    assert first is not None
    assert job_claim(at=LATER + LEASE) is None, "the lease is not over yet"
    second = job_claim(at=LATER + LEASE + timedelta(seconds=1))
    assert second is not None
    assert (second.pk, second.attempts) == (job.pk, 2)
    assert job_folder(first) != job_folder(second)
    with pytest.raises(JobStopped):
        job_finish(job=first, result={"said": "too late"}, at=LATER)
    job_finish(job=second, result={"said": "in time"}, at=LATER)
    assert job_seen(viewer_of(irina), job.pk).result == {"said": "in time"}


def test_a_job_that_kills_every_worker_is_given_up(irina: Person) -> None:
    job, at = ask(irina, "documents"), LATER
    for _turn in range(MOST_ATTEMPTS):
        assert job_claim(at=at) is not None
        at += LEASE + timedelta(seconds=1)
    assert job_claim(at=at) is None
    job.refresh_from_db()
    assert (job.state, "Given up" in job.error) == ("failed", True)


def kind_that(run: Any) -> dict[str, Kind]:
    return {**KINDS, "documents": Kind(run, KINDS["documents"].arguments)}


def test_a_cause_that_may_pass_is_tried_again_with_longer_pauses(
    irina: Person, clock: Clock
) -> None:
    turns = []

    def run(task: Task) -> Result:
        turns.append(clock.at)
        if len(turns) < 3:
            raise Later(say("The other office cannot be reached: gone."))
        return task.done(say("Documents written: {n}", n=0))

    job = ask(irina, "documents")
    for pause in (FIRST_PAUSE, 2 * FIRST_PAUSE):
        ended(job, clock, kind_that(run))
        assert (job.state, job.error) == ("queued", "The other office cannot be reached: gone.")
        assert job.not_before == clock.at + pause
        assert not work_once(now=clock), "not before its time"
        clock.at += pause
    assert ended(job, clock, kind_that(run)).state == "done"
    assert job.error == ""


def test_a_mistake_is_told_without_its_insides(irina: Person, clock: Clock) -> None:
    def run(task: Task) -> Result:
        task.folder.mkdir(parents=True)
        (task.folder / "half").write_text("half", encoding="utf-8")
        raise ZeroDivisionError("/srv/secret")

    job = ended(ask(irina, "documents"), clock, kind_that(run))
    assert (job.state, "secret" in job.error, "mistake" in job.error) == ("failed", False, True)
    assert not job_folder(job).exists()


def test_the_worker_goes_on_until_it_is_told_to_stop(irina: Person, clock: Clock) -> None:
    jobs = [ask(irina, "documents", formats=["json"]) for _turn in range(2)]
    waits: list[float] = []
    work(now=clock, wanted=lambda: not waits, wait=waits.append)
    assert [Job.objects.get(pk=job.pk).state for job in jobs] == ["done", "done"]
    # The rounds of the day ran by themselves, once.
    rounds = Job.objects.filter(person=None)
    ran = sorted(rounds.values_list("kind", "state"))
    assert ran == [("digest", "done"), ("reminders", "done")]


FLOWS = "t,i,j,k,v,q\n2020,112,417,870120,20000,100\n2020,417,112,070110,500,1\n"
