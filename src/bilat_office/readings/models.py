"""A text that a side has read, and its proposals with what was decided of each."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from bilat_office.people.models import Person

UNREAD, READ, FAILED = "unread", "read", "failed"
WAITING, CHOSEN, FILED, REJECTED = "waiting", "chosen", "filed", "rejected"
STATES = (WAITING, CHOSEN, FILED, REJECTED)
_OF_A_SIDE = ~Q(side__in=["", "joint"])


class Reading(models.Model):
    """A text with its source. ``upload``: the file, until a job has read it.

    speaks_for: the side for which the text as a whole speaks. kind: of the document that the text
    itself is; empty for news. key: of the text, the same however it came. source: id of its record.
    """

    side = models.CharField(max_length=8)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=UNREAD)
    error = models.TextField(blank=True)
    upload = models.CharField(max_length=400, blank=True)
    job = models.BigIntegerField(null=True)
    name = models.CharField(max_length=300)
    title = models.CharField(max_length=500, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=1000, blank=True)
    published = models.DateField(null=True)
    speaks_for = models.CharField(max_length=8, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    media = models.CharField(max_length=10, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=5, blank=True)
    parties: models.JSONField[Any] = models.JSONField(null=True)
    left: models.JSONField[Any] = models.JSONField(default=list)
    """What was recognised and is not proposed."""
    notes: models.JSONField[Any] = models.JSONField(default=list)
    """Warnings of the file, by language."""
    passes: models.JSONField[Any] = models.JSONField(default=list)
    """By which rules it was read, and what came and went with each."""

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=["side", "-id"], name="readings_of_side"),
            models.Index(fields=["side", "key"], name="readings_of_text"),
        )
        constraints = (
            models.CheckConstraint(condition=_OF_A_SIDE, name="reading_has_a_side"),
            models.CheckConstraint(
                condition=Q(state__in=(UNREAD, READ, FAILED)), name="reading_state_known"
            ),
        )


class Finding(models.Model):
    """One proposal of a text. ``key``: its id, the same whenever the same words are read.

    answers: what a person corrected or added. record: the whole record as they corrected it, with
    the version of the one that stands. draft, change: what it was filed with; neither, and
    ``filed``: an own record. record_name: ``section/id``.
    """

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="findings")
    side = models.CharField(max_length=8)
    key = models.CharField(max_length=60)
    start = models.PositiveIntegerField()
    content: models.JSONField[Any] = models.JSONField()
    state = models.CharField(max_length=10, default=WAITING)
    answers: models.JSONField[Any] = models.JSONField(default=dict)
    record: models.JSONField[Any] = models.JSONField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)
    draft = models.BigIntegerField(null=True)
    change = models.CharField(max_length=64, blank=True)
    record_name = models.CharField(max_length=250, blank=True)
    question = models.BooleanField(default=False)
    """It contradicts what is recorded, and nobody has answered yet."""
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ("start", "pk")
        indexes = (models.Index(fields=["side", "state"], name="findings_waiting"),)
        constraints = (
            models.UniqueConstraint(fields=["reading", "key"], name="finding_once_a_reading"),
            models.CheckConstraint(condition=_OF_A_SIDE, name="finding_has_a_side"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="finding_state_known"),
        )
