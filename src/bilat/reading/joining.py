"""A value and a growth of the same thing in one sentence are one record."""

from __future__ import annotations

from bilat.reading.statement import Statement


def joins(out: list[Statement], new: Statement) -> bool:
    """A value and a growth of the same subject become one record."""
    if not out or new.kind == "left" or new.base:
        return False
    old = out[-1]
    if old.kind != new.kind or old.base or old.subject.value != new.subject.value:
        return False
    if _clash(old, new) or _are_apart(old, new):
        return False
    _merge(old, new)
    return True


def _clash(old: Statement, new: Statement) -> bool:
    """Both say the same field, or they measure different periods."""
    fields = ((old.value, new.value), (old.growth, new.growth), (old.multiple, new.multiple))
    if any(one is not None and other is not None for one, other in fields):
        return True
    spans = [one.when is not None and one.when.sort == "span" for one in (old, new)]
    if spans[0] != spans[1] and old.period != new.period:
        return True
    later = old.when and new.when and new.when.first > old.last
    return bool(later) and old.period != new.period


def _merge(old: Statement, new: Statement) -> None:
    if new.value is not None:
        old.value, old.currency, old.qualifier = new.value, new.currency, new.qualifier
    old.growth = old.growth if old.growth is not None else new.growth
    old.multiple = old.multiple if old.multiple is not None else new.multiple
    old.by, old.horizon = old.by or new.by, old.horizon or new.horizon
    old.exporter = old.exporter or new.exporter
    if old.when is None and old.period is None:
        old.when, old.period = new.when, new.period
    old.first, old.last = min(old.first, new.first), max(old.last, new.last)


def _are_apart(old: Statement, new: Statement) -> bool:
    """Different exporters, different deadlines, or a flow that was named anew."""
    if old.exporter and new.exporter and old.exporter != new.exporter:
        return True
    if old.kind == "target":
        return bool(old.by and new.by) and (old.by, old.horizon) != (new.by, new.horizon)
    if old.subject.value in ("students", "tourists"):
        return False
    named = old.subject.term is not None and new.subject.term is not None
    return named and new.subject.term != old.subject.term and new.subject.value != "turnover"
