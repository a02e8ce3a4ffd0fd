"""Tables of the office. Documents are kept as the canonical JSON that the keys sign.

Nothing outside `bilat_office.records` imports this module: reading goes through `door.Door`,
writing through `services`. What stands here beside the documents (`Row`, `Reference`) is made from
them and can be made again at any time.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

HASH, ID, SIDE, TIME = 64, 80, 8, 20


class Founding(models.Model):
    """The one genesis of this database; whoever writes holds its row."""

    number = models.PositiveSmallIntegerField(primary_key=True, default=1)
    register = models.CharField(max_length=HASH)
    content = models.BinaryField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(number=1), name="one_founding"),
        )  # fmt: skip


class Entry(models.Model):
    """One entry of the chain. A trigger refuses to change it or take it out."""

    place = models.PositiveIntegerField(primary_key=True)
    entry = models.CharField(max_length=HASH, unique=True)
    change = models.CharField(max_length=HASH, unique=True)
    before = models.OneToOneField(
        "self", models.PROTECT, to_field="entry", null=True, related_name="after"
    )
    line = models.BinaryField()
    time = models.CharField(max_length=TIME)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(place__gte=1), name="entry_places_from_one"),
            models.CheckConstraint(
                condition=Q(place=1, before__isnull=True) | Q(place__gt=1, before__isnull=False),
                name="entry_follows_on_one_before",
            ),
        )


class SetAside(models.Model):
    """An entry that does not stand since both sides settled a fork. Only then may it leave."""

    entry = models.CharField(max_length=HASH, primary_key=True)
    place = models.PositiveIntegerField()
    line = models.BinaryField()
    time = models.CharField(max_length=TIME)


class Message(models.Model):
    """What is under way, or kept aside: in the order in which it was accepted."""

    ACCEPTED, WAITING, FORK, SETTLED = "accepted", "waiting", "fork", "settled"

    message = models.CharField(max_length=HASH, db_index=True)
    seal = models.CharField(max_length=HASH, unique=True)
    """SHA-256 of the line: one text may come under two signatures."""
    type = models.CharField(max_length=10)
    change = models.CharField(max_length=HASH, db_index=True, blank=True)
    """The change that a change or an answer is about."""
    side = models.CharField(max_length=SIDE)
    standing = models.CharField(max_length=10)
    line = models.BinaryField()
    time = models.CharField(max_length=TIME)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(type__in=["change", "answer", "entry", "checkpoint"]),
                name="message_type_known",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=["accepted", "waiting", "fork", "settled"]),
                name="message_standing_known",
            ),
        )


class Checkpoint(models.Model):
    """A side has confirmed the chain up to here: what the outbox need not send again."""

    side = models.CharField(max_length=SIDE)
    place = models.PositiveIntegerField()
    head = models.CharField(max_length=HASH)
    line = models.BinaryField()
    time = models.CharField(max_length=TIME)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["side", "place"], name="one_checkpoint_a_place"),
        )


class Version(models.Model):
    """What a joint record became with one entry; without content it was deleted."""

    section = models.CharField(max_length=40)
    record = models.CharField(max_length=ID)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True)
    """Null for what the genesis brought."""
    change = models.CharField(max_length=HASH)
    content = models.TextField(null=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["section", "record", "change"], name="one_version_a_change"
            ),
            models.UniqueConstraint(
                fields=["section", "record"],
                condition=Q(is_current=True),
                name="one_current_version",
            ),
        )


class PrivateVersion(models.Model):
    """A version of a record that one side alone may see; without content it was deleted."""

    side = models.CharField(max_length=SIDE)
    section = models.CharField(max_length=40)
    record = models.CharField(max_length=ID)
    number = models.PositiveIntegerField()
    content = models.TextField(null=True)
    author = models.CharField(max_length=500)
    time = models.CharField(max_length=TIME)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(side__in=["", "joint"]), name="private_has_a_side"),
            models.UniqueConstraint(
                fields=["side", "section", "record", "number"], name="one_private_number"
            ),
            models.UniqueConstraint(
                fields=["side", "section", "record"],
                condition=Q(is_current=True),
                name="one_current_private_version",
            ),
        )
        indexes = (models.Index(fields=["side", "id"], name="private_last"),)


class Draft(models.Model):
    """A change on its way inside one side, before its key is used."""

    side = models.CharField(max_length=SIDE)
    author = models.CharField(max_length=500)
    reason = models.TextField()
    items = models.TextField()
    """Canonical JSON: a list of section, id, content."""
    answers = models.CharField(max_length=HASH, blank=True)
    text = models.CharField(max_length=HASH)
    """Hash of what the stops have seen."""
    passed = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="open")
    change = models.CharField(max_length=HASH, blank=True)
    """The change that it became."""
    time = models.CharField(max_length=TIME)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state="signed") & ~Q(change="")
                | Q(state__in=["open", "dropped"], change=""),
                name="draft_signed_has_a_change",
            ),
            models.CheckConstraint(condition=~Q(side__in=["", "joint"]), name="draft_has_a_side"),
        )


class LockedKey(models.Model):
    """A private key under its passphrase (PKCS #8, encrypted); never in clear."""

    key = models.CharField(max_length=ID, primary_key=True)
    side = models.CharField(max_length=SIDE)
    record = models.TextField()
    """Its public record, canonical JSON."""
    pem = models.BinaryField()
    time = models.CharField(max_length=TIME)


class Sitting(models.Model):
    """A key that is open for some minutes, encrypted under what only the client holds."""

    token = models.CharField(max_length=HASH, primary_key=True)
    key = models.ForeignKey(LockedKey, models.CASCADE)
    cipher = models.BinaryField()
    until = models.CharField(max_length=TIME)


class Row(models.Model):
    """What pages filter and sort by, made from the document by `projection.project`."""

    section = models.CharField(max_length=40)
    record = models.CharField(max_length=ID)
    visibility = models.CharField(max_length=SIDE)
    published = models.BooleanField(default=False)
    titles = models.JSONField()
    owners = models.JSONField()
    sides = models.JSONField()
    due = models.CharField(max_length=40, blank=True)
    due_start = models.DateField(null=True)
    due_end = models.DateField(null=True)
    state = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    sector = models.CharField(max_length=200, blank=True)
    place = models.PositiveIntegerField(null=True)
    """The entry of its last change; null for private records."""
    content = models.TextField()
    text = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["section", "record", "visibility"], name="one_row_a_record"
            ),
            models.CheckConstraint(
                condition=Q(published=False) | Q(visibility="joint"), name="only_joint_is_published"
            ),
        )
        indexes = (
            models.Index(fields=["section", "visibility", "published"], name="row_count"),
            *(
                models.Index(fields=["section", key, "record", "visibility"], name=name)
                for name, key in (
                    ("row_due", "due_end"),
                    ("row_changed", "place"),
                    ("row_state", "state"),
                    ("row_kind", "kind"),
                    ("row_sector", "sector"),
                )
            ),
            models.Index(fields=["record", "section", "visibility"], name="row_any_id"),
            models.Index(fields=["due_end", "section", "record", "visibility"], name="row_any_due"),
            models.Index(
                fields=["place", "section", "record", "visibility"], name="row_any_changed"
            ),
        )


class Reference(models.Model):
    """A field of a record that names another."""

    row = models.ForeignKey(Row, models.CASCADE, related_name="references")
    section = models.CharField(max_length=40)
    record = models.CharField(max_length=ID)
    field = models.CharField(max_length=80)
    visibility = models.CharField(max_length=SIDE)
    namer = models.CharField(max_length=40)
    """The section of the row, and below its date: a ministry's list is found without the rows."""
    due_end = models.DateField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["section", "record", "namer", "due_end", "visibility", "field", "row"],
                name="reference_target",
            ),
        )
