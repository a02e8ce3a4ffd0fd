"""Every part of a record that can say where it comes from: itself, estimates, announcements."""

from __future__ import annotations

from collections.abc import Iterator

from bilat.programme.record import Provenance

Path = tuple[str | int, ...]


def parts(record: Provenance) -> Iterator[tuple[Path, Provenance]]:
    """The record and each of its direct parts with provenance of their own, with their paths."""
    yield (), record
    for name in type(record).model_fields:
        value = getattr(record, name)
        for index, item in enumerate(value if isinstance(value, tuple) else ()):
            if isinstance(item, Provenance):
                yield (name, index), item
        if isinstance(value, Provenance):
            yield (name,), value
