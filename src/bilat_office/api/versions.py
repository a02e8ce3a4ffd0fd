"""The name of a version: the same for a list, an ETag, and what a proposal is based on."""

from __future__ import annotations

from bilat.register.canonical import Document, canonical_again, digest
from bilat.register.kinds import Name
from bilat.register.node import Node
from bilat_office.records.listing import Listed

HEX = 64


def version_of(name: Name, place: int | None, content: Document) -> str:
    """SHA-256 of a record's name, the entry of its last change, and its document."""
    return digest(canonical_again([*name, place, content]))


def version_listed(item: Listed) -> str:
    """As `version_of`; the stored text is canonical already."""
    name = canonical_again([item.section, item.id, item.place]).decode()
    return digest(f"{name[:-1]},{item.text}]".encode())


def version_standing(node: Node, name: Name) -> str | None:
    """Of a joint record as the register has it now; None when there is none."""
    versions = node.register.state.versions(name)
    if not versions or versions[-1].content is None:
        return None
    return version_of(name, versions[-1].place, versions[-1].content)


def etag_of(item: Listed) -> str:
    """Strong: also whether the record is published is part of what is shown."""
    return f'"{version_listed(item)}{".p" if item.published else ""}"'


def named_in(header: str) -> set[str]:
    """The versions that an If-Match or If-None-Match header names; ``*`` for any."""
    tags = (tag.strip().removeprefix("W/").strip('"') for tag in header.split(","))
    return {tag[:HEX] for tag in tags if tag}
