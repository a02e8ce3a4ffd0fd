"""Jobs, rounds that come by themselves, letters that were sent, calendars' secret addresses."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from bilat_office.people.models import Person

QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"
STATES = (QUEUED, RUNNING, DONE, FAILED, CANCELLED)


class Job(models.Model):
    """Something asked for. Whoever runs it holds a lease; without it, anybody may run it again.

    side: whose eyes it computes with, and who may see it; empty for the office's own rounds.
    attempts: how often it was begun; what an older attempt still says is not heard.
    """

    kind = models.CharField(max_length=20)
    arguments: models.JSONField[Any] = models.JSONField(default=dict)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    side = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, default=QUEUED)
    progress = models.FloatField(default=0.0)
    said = models.TextField(blank=True)
    """The last sentence of its progress, in the asker's language."""
    result: models.JSONField[Any] = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=["state", "not_before"], name="jobs_waiting"),
            models.Index(fields=["side", "-id"], name="jobs_of_side"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=STATES), name="job_state_known"),
            models.CheckConstraint(
                condition=Q(progress__gte=0, progress__lte=1), name="job_progress_share"
            ),
            models.CheckConstraint(
                condition=Q(state=RUNNING, lease_until__isnull=False)
                | ~Q(state=RUNNING) & Q(lease_until__isnull=True),
                name="job_runs_on_a_lease",
            ),
        )


class Round(models.Model):
    """What comes by itself has been asked for once in this slot of time, by whichever worker."""

    name = models.CharField(max_length=20)
    slot = models.CharField(max_length=20)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["name", "slot"], name="round_once_a_slot"),)


class Letter(models.Model):
    """A letter to one person. Its text is kept until it has been sent.

    tries: counted before each sending. What was cut off between the two is sent once more.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)


class Occasion(models.Model):
    """Someone has been told of this; nobody is told of the same thing twice."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="occasions")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "key"], name="occasion_once_a_person"),
        )


def usual_reminders() -> list[int]:
    """Two weeks before, as the core’s calendars do."""
    return [14]


class Feed(models.Model):
    """A calendar under a secret address: of what a person may see, or of one body of it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="feeds")
    body = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret, which is shown once."""
    reminders: models.JSONField[Any] = models.JSONField(default=usual_reminders)
    """How many days before each thing a reminder comes; empty for none."""
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class Delivered(models.Model):
    """A line that the other office has acknowledged."""

    seal = models.CharField(max_length=64, primary_key=True)
    side = models.CharField(max_length=10)
    at = models.DateTimeField()
