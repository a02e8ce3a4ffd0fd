"""Addresses of this room’s pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern, path

from bilat_office.pages.documents import document, filing_cabinet, folder, listing, storing

urlpatterns: Sequence[URLPattern] = [
    path("documents", listing.documents, name="documents"),
    path("documents/_stored", storing.stored, name="files_stored"),
    path("documents/folder", folder.next_folder, name="folder"),
    path("documents/folder/<str:record_id>", folder.contact_folder, name="contact_folder"),
    path("documents/<str:record_id>", document.document, name="document"),
    path("documents/<str:record_id>/state", document.state, name="document_state"),
    path("documents/<str:record_id>/files", filing_cabinet.bring, name="file_bring"),
    path("documents/<str:record_id>/files/<int:number>", filing_cabinet.fetch, name="file_fetch"),
    path(
        "documents/<str:record_id>/files/<int:number>/remove",
        filing_cabinet.take_off,
        name="file_remove",
    ),
]
