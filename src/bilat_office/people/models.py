"""People, what they stand in for, a side's stops, tokens of programs, and the audit."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

import bilat


class People(BaseUserManager["Person"]):
    """Finds people by their address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Someone who signs in. ``side``: a party's code; ``joint`` for those between the sides.

    handle: how the register names them, in every statement that they make; it never changes.
    """

    handle = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(unique=True)
    side = models.CharField(max_length=10)
    body = models.CharField(max_length=80, blank=True)
    roles: models.JSONField[Any] = models.JSONField(default=list)
    language = models.CharField(max_length=5, choices=[(code, code) for code in bilat.LANGUAGES])
    is_active = models.BooleanField(default=True)
    reminders = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD: ClassVar[str] = "email"
    EMAIL_FIELD: ClassVar[str] = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["handle", "name", "side"]
    objects: ClassVar[People] = People()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="people_one_address"),)
        indexes = (models.Index(fields=["side"]),)

    def __str__(self) -> str:
        return self.name


class Deputy(models.Model):
    """``by`` stands in for ``of`` from ``start`` to ``end``, both days included."""

    of = models.ForeignKey(Person, models.CASCADE, related_name="deputies")
    by = models.ForeignKey(Person, models.CASCADE, related_name="deputy_of")
    start = models.DateField()
    end = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")), name="people_deputy_days"
            ),
            models.CheckConstraint(
                condition=~models.Q(of=models.F("by")), name="people_deputy_of_another"
            ),
        )


class Stop(models.Model):
    """A stop of a side's drafts before its key is used; ``section`` empty: of every kind."""

    side = models.CharField(max_length=10)
    section = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=40)
    body = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("side", "section", "position")
        constraints = (
            models.UniqueConstraint(
                fields=["side", "section", "position"], name="people_one_stop_a_place"
            ),
        )


class Token(models.Model):
    """A program's key to the API, for one person; only its hash is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes: models.JSONField[Any] = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class AuditLine(models.Model):
    """Someone has looked at, or written, records that only one side may see. Never changed."""

    at = models.DateTimeField()
    person = models.CharField(max_length=60)
    side = models.CharField(max_length=10)
    action = models.CharField(max_length=40)
    records: models.JSONField[Any] = models.JSONField(default=list)
    address = models.CharField(max_length=45, blank=True)

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=["side", "at"]),)


class NoticeSeen(models.Model):
    """A person has marked a notice as seen. Private to that person."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "key"], name="people_notice_seen_once"),
        )


class LetterChoice(models.Model):
    """Which letters a person wants, while they want any; without a line, all of them.

    bodies: the weekly digest tells of these; empty, of what concerns the person.
    """

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="letters")
    before = models.BooleanField(default=True)
    after = models.BooleanField(default=True)
    changes = models.BooleanField(default=True)
    digest = models.BooleanField(default=True)
    bodies: models.JSONField[Any] = models.JSONField(default=list)
