"""Addresses of the pages."""

from __future__ import annotations

from django.urls import path

from bilat_office.pages.administration import urls as administration
from bilat_office.pages.commission import urls as commission
from bilat_office.pages.contacts import urls as contacts
from bilat_office.pages.documents import urls as documents
from bilat_office.pages.exchanges import urls as exchanges
from bilat_office.pages.finance import urls as finance
from bilat_office.pages.notices import urls as notices
from bilat_office.pages.plans import urls as plans
from bilat_office.pages.projects import urls as projects
from bilat_office.pages.reader import urls as reader
from bilat_office.pages.regions import urls as regions
from bilat_office.pages.sheets import urls as sheets
from bilat_office.pages.sides import urls as sides
from bilat_office.pages.trade import urls as trade
from bilat_office.pages.views import (
    carrying,
    changes,
    deleting,
    drafts,
    editing,
    home,
    keys,
    measure,
    records,
    roadmap,
)

# No record’s id begins with a low line, so that these words are in nobody’s way.
urlpatterns = [
    path("", home.home, name="home"),
    path("outlook", home.outlook, name="outlook"),
    path("language", keys.language, name="language"),
    path("keys/close", keys.close, name="key_close"),
    path("roadmap", roadmap.roadmap, name="roadmap"),
    path("roadmap/_scorecard", roadmap.scorecard, name="scorecard"),
    path("roadmap/_carry", carrying.carry, name="carry"),
    path("roadmap/<str:record_id>", measure.measure, name="measure"),
    path("roadmap/<str:record_id>/fields", measure.measure_fields, name="measure_fields"),
    path("roadmap/<str:record_id>/update", measure.update, name="measure_update"),
    path("changes", changes.changes, name="changes"),
    path("changes/verify", changes.verify, name="verify"),
    path("changes/drafts/<int:number>", drafts.draft, name="draft"),
    path("changes/drafts/<int:number>/pass", drafts.pass_stop, name="draft_pass"),
    path("changes/drafts/<int:number>/send-back", drafts.send_back, name="draft_send_back"),
    path("changes/drafts/<int:number>/drop", drafts.drop, name="draft_drop"),
    path("changes/drafts/<int:number>/sign", drafts.sign, name="draft_sign"),
    path("changes/<str:change>", changes.change, name="change"),
    path("changes/<str:change>/countersign", changes.countersign, name="change_countersign"),
    path("changes/<str:change>/reject", changes.reject, name="change_reject"),
    path("changes/<str:change>/withdraw", changes.withdraw, name="change_withdraw"),
    path("changes/<str:change>/enter", changes.enter, name="change_enter"),
    path("search", records.search, name="search"),
    path("records", records.sections, name="records"),
    path("records/<str:section>", records.record_list, name="record_list"),
    path("records/<str:section>/_new", editing.record_new, name="record_new"),
    path("records/<str:section>/<str:record_id>", records.record, name="record"),
    path(
        "records/<str:section>/<str:record_id>/history",
        records.record_history,
        name="record_history",
    ),
    path("records/<str:section>/<str:record_id>/edit", editing.record_edit, name="record_edit"),
    path(
        "records/<str:section>/<str:record_id>/delete",
        deleting.record_delete,
        name="record_delete",
    ),
    *commission.urlpatterns,
    *contacts.urlpatterns,
    *documents.urlpatterns,
    *reader.urlpatterns,
    *trade.urlpatterns,
    *plans.urlpatterns,
    *projects.urlpatterns,
    *finance.urlpatterns,
    *exchanges.urlpatterns,
    *regions.urlpatterns,
    *sides.urlpatterns,
    *administration.urlpatterns,
    *sheets.urlpatterns,
    *notices.urlpatterns,
]
