"""Tables of files. Nothing outside `bilat_office.files` imports this module.

What a file is, who brought it and who took it off the list is written once and never changed: a
trigger refuses it. The bytes are in the store, named by their SHA-256.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class File(models.Model):
    """A file as it was brought. ``visibility``: ``joint``, or the side that sees it."""

    document = models.CharField(max_length=80)
    """Id of the record, of the section “documents”."""
    visibility = models.CharField(max_length=8)
    name = models.CharField(max_length=200)
    media = models.CharField(max_length=8)
    """What its content is: pdf, docx, html, text."""
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    side = models.CharField(max_length=8)
    """The side that brought it."""
    person = models.CharField(max_length=60)
    """Handle of who did."""
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(visibility="joint") | Q(visibility=models.F("side")),
                name="file_of_both_or_of_its_side",
            ),
            models.CheckConstraint(
                condition=Q(media__in=["pdf", "docx", "html", "text"]), name="file_media_known"
            ),
        )
        indexes = (models.Index(fields=["document", "visibility"], name="file_of_document"),)


class Removal(models.Model):
    """A file that is no longer listed: by whom, when, why. The file's own line stays."""

    file = models.OneToOneField(File, models.PROTECT, related_name="removal")
    visibility = models.CharField(max_length=8)
    person = models.CharField(max_length=60)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()


class FileText(models.Model):
    """What a file says, for the search. ``left_out``: why there is none."""

    file = models.OneToOneField(File, models.CASCADE, related_name="said")
    visibility = models.CharField(max_length=8)
    text = models.TextField(blank=True)
    lemmas = models.TextField(blank=True)
    """Its words in the form in which they are indexed, one for each word of the text."""
    is_whole = models.BooleanField(default=True)
    left_out = models.CharField(max_length=20, blank=True)
