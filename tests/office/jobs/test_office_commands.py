"""An administrator lets the first people in, and runs what waits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from django.core import mail
from django.test import Client
from tests.core.register.secretaries import START
from tests.office.records.office import Office

from bilat_office.cli import office as command
from bilat_office.jobs.models import Job
from bilat_office.jobs.services.asking import job_ask
from bilat_office.people.models import Person
from bilat_office.people.services.persons import PersonRefused

Run = Callable[..., Result]
IRINA = ("person", "add", "Irina Petrova", "irina@example.org", "--side", "BLR")
PASSWORD = "a long way to Bishkek"  # noqa: S105


@pytest.fixture
def run(office: Office, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("BILAT_LANG", "en")

    def call(*arguments: str, given: str = "", status: int = 0) -> Result:
        done = CliRunner().invoke(command, arguments, input=given, catch_exceptions=False)
        assert done.exit_code == status, done.output
        return done

    return call


def test_an_invited_person_sets_a_password_by_the_link(run: Run, client: Client) -> None:
    told = run(*IRINA, "--role", "secretary", "--lang", "ru").output
    assert "Irina Petrova is known to the register as blr-irina-petrova." in told
    link = told.split()[-1]
    page = client.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    assert page.status_code == 200
    assert b"new_password1" in page.content
    shown = run("person", "list").output
    assert "blr-irina-petrova  BLR  irina@example.org  secretary  can sign in" in shown
    assert "Irina Petrova cannot sign in" in run("person", "shut-out", "IRINA@example.org").output
    assert "shut out" in run("person", "list").output


def test_a_script_gives_the_password_and_a_weak_one_will_not_do(run: Run) -> None:
    with pytest.raises(PersonRefused, match="will not do"):
        run(*IRINA, "--password-stdin", given="short\n")
    assert not Person.objects.exists()
    told = run(*IRINA, "--password-stdin", given=PASSWORD + "\n").output
    assert "http" not in told
    assert PASSWORD not in told
    assert Person.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(
    "arguments",
    [
        (*IRINA[:-1], "KAZ"),
        (*IRINA, "--role", "king"),
        ("person", "shut-out", "nobody@example.org"),
    ],
)
def test_what_cannot_be_is_said(run: Run, arguments: tuple[str, ...]) -> None:
    with pytest.raises(PersonRefused):
        run(*arguments)


def test_work_once_runs_what_waits_and_sends_the_letters_of_the_day(
    run: Run, irina: Person, settings: object
) -> None:
    settings.OFFICE_LETTERS_HOUR = 0  # type: ignore[attr-defined]
    job = job_ask(kind="documents", arguments={"formats": ["json"]}, person=irina, at=START)
    run("work", "--once")
    assert Job.objects.get(pk=job.pk).state == "done"
    assert set(Job.objects.values_list("kind", "state")) == {
        ("documents", "done"), ("reminders", "done"), ("digest", "done"),
    }  # fmt: skip
    assert all(letter.to == [irina.email] for letter in mail.outbox)
