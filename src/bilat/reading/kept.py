"""Readings kept in a programme's folder: the text as it was, and what became of each proposal.

    reading/<name>/original.txt      the kept text; every quote is a part of it
    reading/<name>/proposals.json    proposals, decisions (who, when), open questions, versions

They are working papers of whoever reads: no part of the programme, of a brief or of an exchange.
What is accepted becomes a record, and that record says who may see it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from bilat.errors import NoAnswer
from bilat.filing import Draft, file_all
from bilat.language import say
from bilat.reading.files import Opened
from bilat.reading.original import Original
from bilat.reading.proposal import Proposal, Quote, Reading

FOLDER, TEXT, PROPOSALS = "reading", "original.txt", "proposals.json"
FORMAT = 1
"""Of ``proposals.json``."""
State = Literal["open", "accepted", "corrected", "rejected"]


class KeptUnreadable(NoAnswer):
    """A kept reading that was changed by hand, or comes from a later Bilat."""


@dataclass(frozen=True)
class Decision:
    """Who decided, when (ISO, with the time), why; what was corrected; the record that it led to.

    record: ``section/id``; None for what was rejected.
    """

    by: str
    on: str
    why: str | None = None
    record: str | None = None
    corrections: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class OpenQuestion:
    """A contradiction that was accepted beside what it contradicts, until a person answers it."""

    text: Mapping[str, str]
    """By language."""
    records: tuple[str, ...]
    answer: str | None = None
    answered_by: str | None = None
    answered_on: str | None = None


@dataclass(frozen=True)
class KeptProposal:
    """id: the same for the same words and fields, in whichever version they were read."""

    id: str
    proposal: Proposal
    state: State = "open"
    decision: Decision | None = None
    question: OpenQuestion | None = None


@dataclass(frozen=True)
class Pass:
    """One reading of the text: by which rules, what came and what went. Ids of proposals."""

    version: str
    added: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    """(id before, id now) of what reads otherwise; a decided one stays as it was decided."""
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kept:
    """A kept text with its proposals. ``name``: of its folder. ``source``: id of its source."""

    name: str
    original: Original
    language: str
    parties: tuple[str, str] | None
    proposals: tuple[KeptProposal, ...]
    address: str | None = None
    publisher: str | None = None
    side: str | None = None
    source: str | None = None
    passes: tuple[Pass, ...] = ()

    def find(self, proposal_id: str) -> KeptProposal | None:
        return next((item for item in self.proposals if item.id == proposal_id), None)

    def with_proposal(self, changed: KeptProposal) -> Kept:
        items = (changed if item.id == changed.id else item for item in self.proposals)
        return replace(self, proposals=tuple(items))

    @property
    def open(self) -> tuple[KeptProposal, ...]:
        return tuple(item for item in self.proposals if item.state == "open")


def first_reading(opened: Opened, reading: Reading, *, name: str, side: str | None = None) -> Kept:
    """A reading that nobody has reviewed yet. side: for which the text as a whole speaks."""
    proposals = tuple(named(reading.proposals))
    return Kept(
        name=name,
        original=replace(opened.original, published=reading.published),
        language=reading.language,
        parties=reading.parties,
        proposals=proposals,
        address=opened.address,
        publisher=opened.publisher,
        side=side,
        passes=(Pass(reading.version, added=tuple(item.id for item in proposals)),),
    )


def named(proposals: Iterable[Proposal]) -> Iterable[KeptProposal]:
    """Each with an id made of its kind, fields and quote; a repetition gets a number."""
    seen: dict[str, int] = {}
    for found in proposals:
        proposal = replace(found, fields=json.loads(json.dumps(dict(found.fields), default=_plain)))
        what = json.dumps([proposal.fields, proposal.quote.text], sort_keys=True)
        name = f"{proposal.kind}-{hashlib.sha256(what.encode()).hexdigest()[:6]}"
        seen[name] = seen.get(name, 0) + 1
        yield KeptProposal(name if seen[name] == 1 else f"{name}-{seen[name]}", proposal)


def _plain(value: Any) -> int | float | str:
    """Numbers stay numbers, and a value that was whole stays whole; dates become text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def readings(folder: Path) -> tuple[Kept, ...]:
    """Every kept reading of a programme folder, by name."""
    found = sorted((folder / FOLDER).glob(f"*/{PROPOSALS}"))
    return tuple(read_kept(path.parent) for path in found)


def read_kept(path: Path) -> Kept:
    """Raises KeptUnreadable where a file was damaged, or a quote no longer stands in the text."""
    try:
        text = (path / TEXT).read_bytes().decode("utf-8")
        data = json.loads((path / PROPOSALS).read_text(encoding="utf-8"))
        kept = _from_json(path.name, text, data)
    except (OSError, ValueError, KeyError, TypeError):
        raise KeptUnreadable(_damaged(path / PROPOSALS)) from None
    if not all(_stands_in(text, item.proposal.quote) for item in kept.proposals):
        raise KeptUnreadable(_damaged(path / TEXT))
    return kept


def _stands_in(text: str, quote: Quote) -> bool:
    return text[quote.start : quote.end] == quote.text


def _damaged(path: Path) -> Any:
    return say(
        "{path}: this kept reading was changed by hand or comes from a later Bilat. Restore it, or "
        "take its folder away and read the text again",
        path=str(path),
    )


def save_kept(kept: Kept, folder: Path) -> Path:
    """Write both files, whole or not at all. Gives back their folder."""
    root = folder / FOLDER / kept.name
    data = json.dumps(_to_json(kept), ensure_ascii=False, indent=1, default=str) + "\n"
    drafts = [
        Draft(root / TEXT, kept.original.text.encode()),
        Draft(root / PROPOSALS, data.encode()),
    ]
    file_all([draft for draft in drafts if draft.differs()])
    return root


def free_name(folder: Path, original: Original) -> tuple[str, Kept | None]:
    """The name for a text, and its kept reading if this very text was read before."""
    for kept in readings(folder):
        if kept.original.sha256 == original.sha256:
            return kept.name, kept
    stem = re.sub(r"[^\w.-]+", "-", Path(original.name).stem).strip("-.") or "text"
    names = [stem, *(f"{stem}-{number}" for number in range(2, 1000))]
    return next(name for name in names if not (folder / FOLDER / name).exists()), None


def _to_json(kept: Kept) -> dict[str, Any]:
    data = asdict(kept)
    del data["name"], data["original"]["text"]
    return {"format": FORMAT, **data}


def _from_json(name: str, text: str, data: dict[str, Any]) -> Kept:
    if data["format"] != FORMAT:
        raise ValueError(data["format"])
    head = {key: data[key] for key in ("language", "address", "publisher", "side", "source")}
    original = dict(data["original"])
    published = original.pop("published")
    return Kept(
        name=name,
        original=Original(
            text=text, published=date.fromisoformat(published) if published else None, **original
        ),
        parties=tuple(data["parties"]) if data["parties"] else None,
        proposals=tuple(map(_proposal_from, data["proposals"])),
        passes=tuple(map(_pass_from, data["passes"])),
        **head,
    )


def _proposal_from(data: dict[str, Any]) -> KeptProposal:
    proposal = {**data["proposal"], "quote": Quote(**data["proposal"]["quote"])}
    question = data["question"]
    return KeptProposal(
        id=data["id"],
        proposal=Proposal(**proposal),
        state=data["state"],
        decision=Decision(**data["decision"]) if data["decision"] else None,
        question=OpenQuestion(**{**question, "records": tuple(question["records"])})
        if question
        else None,
    )


def _pass_from(data: dict[str, Any]) -> Pass:
    return Pass(
        data["version"],
        tuple(data["added"]),
        tuple((before, now) for before, now in data["changed"]),
        tuple(data["gone"]),
    )
