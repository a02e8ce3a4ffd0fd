"""Addresses of this room’s pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern, path

from bilat_office.pages.commission import agenda, deciding, papers, protocol, session, views

# No record’s id begins with a low line, so that the word is in nobody’s way.
urlpatterns: Sequence[URLPattern] = [
    path("commission", views.commission, name="commission"),
    path("commission/_decisions", views.decisions, name="commission_decisions"),
    path("commission/<str:record_id>", session.session, name="commission_session"),
    path("commission/<str:record_id>/agenda", agenda.agenda, name="commission_agenda"),
    path("commission/<str:record_id>/decide", deciding.decide, name="commission_decide"),
    path("commission/<str:record_id>/protocol", protocol.protocol, name="commission_protocol"),
    path("commission/<str:record_id>/protocol.docx", papers.docx, name="commission_docx"),
    path("commission/<str:record_id>/protocol.pdf", papers.pdf, name="commission_pdf"),
]
