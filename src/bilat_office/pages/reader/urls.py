"""Addresses of this room’s pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern, path

from bilat_office.pages.reader.views import bundling, correcting, deciding, listing, reading, taking

# A proposal’s key stands after “p/”, so that other words are in nobody’s way.
urlpatterns: Sequence[URLPattern] = [
    path("read", taking.reader_new, name="reader_new"),
    path("read/all", listing.readings, name="readings"),
    path("read/<int:number>", reading.reading, name="reading"),
    path("read/<int:number>/source", reading.source, name="reading_source"),
    path("read/<int:number>/drop", reading.drop, name="reading_drop"),
    path("read/<int:number>/file", bundling.bundle, name="reading_file"),
    path("read/<int:number>/p/<str:key>/accept", deciding.accept, name="finding_accept"),
    path("read/<int:number>/p/<str:key>/reject", deciding.reject, name="finding_reject"),
    path("read/<int:number>/p/<str:key>/back", deciding.take_back, name="finding_back"),
    path("read/<int:number>/p/<str:key>/answer", deciding.answer, name="finding_answer"),
    path("read/<int:number>/p/<str:key>/correct", correcting.correct, name="finding_correct"),
]
