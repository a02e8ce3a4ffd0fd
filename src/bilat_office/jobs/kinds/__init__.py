"""Every kind of job, by its name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bilat_office.jobs.kinds.documents import Documents, make_documents
from bilat_office.jobs.kinds.exchange import Exchange, exchange
from bilat_office.jobs.kinds.export import Export, export
from bilat_office.jobs.kinds.letters import Nothing, send_digest, send_reminders
from bilat_office.jobs.kinds.outlook import Outlooks, compute_outlooks
from bilat_office.jobs.kinds.reading import Readings, read_text
from bilat_office.jobs.kinds.signing import Signing, make_checkpoint, make_seal
from bilat_office.jobs.kinds.statistics import Statistics, load_statistics
from bilat_office.jobs.task import Kind

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "statistics": Kind(load_statistics, Statistics, "load"),
        "outlook": Kind(compute_outlooks, Outlooks, "load"),
        "documents": Kind(make_documents, Documents),
        "export": Kind(export, Export),
        "reading": Kind(read_text, Readings, "draft"),
        "seal": Kind(make_seal, Signing, "sign"),
        "checkpoint": Kind(make_checkpoint, Signing, "sign"),
        "exchange": Kind(exchange, Exchange, "exchange"),
        "reminders": Kind(send_reminders, Nothing, by_itself=True),
        "digest": Kind(send_digest, Nothing, by_itself=True),
        "exchange_round": Kind(exchange, Exchange, by_itself=True),
    }
)
