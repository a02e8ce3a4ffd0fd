"""What the API itself remembers: answers to requests that may come twice."""

from __future__ import annotations

from django.db import models

from bilat_office.people.models import Person


class Answered(models.Model):
    """A request under an idempotency key, and what it was answered; ``status`` 0: not yet."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    """SHA-256 of the request: another one under the same key is a mistake."""
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "key"], name="api_one_answer_a_key"),
        )
