"""The door of one person: it shows what the Door shows, and writes down what was private.

Pages, API, exports and feeds get their records from here and from nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from bilat.programme import KINDS, Programme
from bilat.register.kinds import Name
from bilat_office.people.models import Person
from bilat_office.people.services.audit import Looked
from bilat_office.records.assembling import Held
from bilat_office.records.desk import Drafted, DraftPage, PrivateEdit
from bilat_office.records.door import Door
from bilat_office.records.listing import Listed, Naming, Page
from bilat_office.records.viewer import JOINT, Viewer

PUBLIC = Viewer()
Watch = Callable[[Looked, Collection[Name]], None]
"""Told what was done and which private records were seen."""


def viewer_of(person: Person | None) -> Viewer:
    """What a person may see follows from their side; nobody at all is the public."""
    if person is None or not person.is_active:
        return PUBLIC
    return Viewer(
        side=person.side,
        roles=frozenset(person.roles),
        body=person.body or None,
        person=person.handle,
    )


class Watched(Door):
    """A door whose every view of something private is told to ``watch``."""

    def __init__(self, viewer: Viewer, watch: Watch) -> None:
        # A person's side was checked when they were invited: no need to read the register first.
        self.viewer = viewer
        self._watch = watch

    def list(self, *args: Any, **kwargs: Any) -> Page:
        return self._page("list", super().list(*args, **kwargs))

    def search(self, *args: Any, **kwargs: Any) -> Page:
        return self._page("search", super().search(*args, **kwargs))

    def get(self, section: str, record_id: str) -> Listed:
        found = super().get(section, record_id)
        self._saw("get", [found])
        return found

    def back_links(self, section: str, record_id: str) -> tuple[tuple[Listed, str], ...]:
        found = super().back_links(section, record_id)
        self._saw("back_links", (item for item, _field in found))
        return found

    def several(self, section: str, ids: Collection[str]) -> Mapping[str, Listed]:
        found = super().several(section, ids)
        self._saw("get", found.values())
        return found

    def named_by(self, *args: Any, **kwargs: Any) -> Naming:
        found = super().named_by(*args, **kwargs)
        self._saw("back_links", (item for item, _field in found.rows))
        return found

    def private_history(self, section: str, record_id: str) -> tuple[PrivateEdit, ...]:
        found = super().private_history(section, record_id)
        if found:
            self._watch("history", [(section, record_id)])
        return found

    def drafts(self, *, state: str = "open") -> Sequence[Drafted]:
        found = super().drafts(state=state)
        self._watch("drafts", [("drafts", str(item.number)) for item in found])
        return found

    def draft_page(self, **kwargs: Any) -> DraftPage:
        found = super().draft_page(**kwargs)
        self._watch("drafts", [("drafts", str(item.number)) for item in found.rows])
        return found

    def draft(self, number: int) -> Drafted:
        found = super().draft(number)
        self._watch("drafts", [("drafts", str(found.number))])
        return found

    def programme(self, held: Mapping[str, Held] | None = None) -> Programme:
        found = super().programme(held)
        self._watch(
            "programme",
            [
                (section, record.id)
                for section in KINDS
                for record in found.section(section)
                if record.visibility != JOINT
            ],
        )
        return found

    def saw(self, action: Looked, names: Collection[Name]) -> None:
        """The viewer is shown again what was computed of these private records before."""
        self._watch(action, names)

    def _page(self, action: Looked, page: Page) -> Page:
        self._saw(action, page.rows)
        return page

    def _saw(self, action: Looked, items: Iterable[Listed]) -> None:
        self._watch(action, [(item.section, item.id) for item in items if item.visibility != JOINT])
