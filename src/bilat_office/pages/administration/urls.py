"""Addresses of this room’s pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import URLPattern, path

from bilat_office.pages.administration import (
    audit,
    exchange,
    forks,
    jobs,
    keys,
    keys_brought,
    overview,
    people,
    statistics,
    stops,
    tokens,
)

_PERSON = "administration/people/<str:record_id>"
_KEY = "administration/keys/<str:record_id>"
_JOB = "administration/jobs/<int:number>"
urlpatterns: Sequence[URLPattern] = [
    path("administration", overview.administration, name="administration"),
    path("administration/roles", overview.roles, name="roles"),
    path("administration/people", people.people, name="people"),
    path("administration/people/_invite", people.invite, name="person_invite"),
    path(_PERSON, people.person, name="person"),
    path(f"{_PERSON}/invitation", people.invite_again, name="person_invite_again"),
    path(f"{_PERSON}/shut-out", people.shut_out, name="person_shut_out"),
    path(f"{_PERSON}/let-in", people.let_in, name="person_let_in"),
    path(f"{_PERSON}/second-factor", people.reset_factor, name="person_reset_factor"),
    path("administration/stops", stops.stops, name="stops"),
    path("administration/stops/<str:section>", stops.way, name="way"),
    path("administration/deputies", stops.deputies, name="deputies"),
    path("administration/deputies/<int:number>/end", stops.deputy_over, name="deputy_end"),
    path("administration/keys", keys.side_keys, name="side_keys"),
    path("administration/keys/_bring", keys_brought.key_bring, name="key_bring"),
    path("administration/keys/_new", keys.key_new, name="key_new"),
    path(_KEY, keys.side_key, name="side_key"),
    path(f"{_KEY}/rotate", keys.key_rotated, name="key_rotate"),
    path(f"{_KEY}/revoke", keys.key_revoked, name="key_revoke"),
    path(f"{_KEY}/recover", keys.key_recovered, name="key_recover"),
    path(f"{_KEY}/passphrase", keys.key_relocked, name="key_relock"),
    path(f"{_KEY}/close", keys.key_shut, name="key_shut"),
    path("administration/tokens", tokens.tokens, name="tokens"),
    path("administration/tokens/<int:number>/revoke", tokens.token_over, name="token_revoke"),
    path("administration/calendars", tokens.feed_new, name="feed_new"),
    path("administration/calendars/<int:number>/revoke", tokens.feed_over, name="feed_revoke"),
    path("administration/statistics", statistics.statistics, name="statistics_loaded"),
    path("administration/jobs", jobs.jobs, name="jobs"),
    path("administration/jobs/_new", jobs.job_new, name="job_new"),
    path(_JOB, jobs.job, name="job"),
    path(f"{_JOB}/files/<str:name>", jobs.job_file, name="job_file"),
    path(f"{_JOB}/cancel", jobs.job_off, name="job_cancel"),
    path(f"{_JOB}/again", jobs.job_again, name="job_again"),
    path("administration/audit", audit.audit, name="audit"),
    path("administration/exchange", exchange.exchange_office, name="exchange_office"),
    path("administration/exchange/histories", forks.forks, name="forks"),
    path("administration/exchange/out", exchange.exchange_out, name="exchange_out"),
    path("administration/exchange/in", exchange.exchange_in, name="exchange_in"),
]
