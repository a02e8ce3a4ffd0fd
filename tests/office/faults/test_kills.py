"""Somebody pulls the plug while the office writes: nothing acknowledged is lost, nothing is half.

Two hundred such kills on each engine are the work of ``benchmarks/office_faults.py``.
"""

from __future__ import annotations

import os
import sys

import pytest
from tests.office.faults.harness import Served, Written, storm, wait_for_jobs

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="chooses its databases itself"),
]


def test_three_kills_lose_no_change_and_no_job(served: Served) -> None:
    served.start()
    lines: list[str] = []
    written = storm(served, 3, seed=4, report=lines.append)
    assert written.entered, lines
    jobs = wait_for_jobs(served, 60)
    assert set(jobs) <= {"done", "queued", "running"}, jobs
    assert jobs["done"] >= 3


def test_workers_at_once_take_every_job_once(served: Served) -> None:
    taken = served.script(CLAIMING)
    assert len(taken) == 40
    assert sorted(set(taken)) == sorted(taken), "a job was taken twice"


def test_a_worker_killed_in_the_middle_of_a_job_is_replaced_and_the_job_done_again(
    on_sqlite: Served,
) -> None:
    """Both attempts leave one result; the files of the first are gone."""
    found = on_sqlite.script(KILLED)
    assert found["state"] == "done"
    assert found["attempts"] == 2
    assert found["folders"] == ["2"]
    assert len(found["files"]) == 1
    assert on_sqlite.check(Written())["whole"]


KILLED = """
import json, os, signal, sys, time
from datetime import UTC, datetime, timedelta
from bilat_office.cli import prepare
prepare(None)
from django.db import connections
from bilat_office.jobs.kinds import KINDS
from bilat_office.jobs.models import Job
from bilat_office.jobs.selectors import job_folder
from bilat_office.jobs.services.asking import job_ask
from bilat_office.jobs.task import Kind
from bilat_office.jobs.worker import work_once
from bilat_office.people.models import Person
now = datetime.now(UTC)
job = job_ask(kind="export", arguments={}, person=Person.objects.first(), at=now)
connections.close_all()

def cut_off(task):
    KINDS["export"].run(task)
    os.kill(os.getpid(), signal.SIGKILL)

child = os.fork()
if child == 0:
    work_once(now=lambda: now, kinds={"export": Kind(cut_off, KINDS["export"].arguments)})
    os._exit(0)
_pid, status = os.waitpid(child, 0)
assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
assert not work_once(now=lambda: now + timedelta(seconds=5)), "its lease is not over"
assert work_once(now=lambda: now + timedelta(seconds=61))
job = Job.objects.get(pk=job.pk)
folder = job_folder(job).parent
print(json.dumps({"state": job.state, "attempts": job.attempts,
                  "folders": sorted(item.name for item in folder.iterdir()),
                  "files": job.result["files"]}))
"""
CLAIMING = """
import json, os
from datetime import UTC, datetime
from bilat_office.cli import prepare
prepare(None)
from django.db import connections
from bilat_office.jobs.services.asking import job_ask
from bilat_office.jobs.services.running import job_claim, job_finish
from bilat_office.people.models import Person
now = datetime.now(UTC)
for _turn in range(40):
    job_ask(kind="export", arguments={}, person=Person.objects.first(), at=now)
connections.close_all()
read, write = os.pipe()
for _worker in range(4):
    if os.fork() == 0:
        while (job := job_claim(at=now)) is not None:
            os.write(write, f"{job.pk}\\n".encode())
            job_finish(job=job, result={}, at=now)
        os._exit(0)
os.close(write)
for _worker in range(4):
    assert os.wait()[1] == 0
with os.fdopen(read) as file:
    print(json.dumps([int(line) for line in file]))
"""
