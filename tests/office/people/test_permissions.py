"""Who may do what follows from side, body and role, in one table."""

from __future__ import annotations

import pytest

from bilat.language import Words
from bilat_office.people.permissions import (
    ACTION_NAMES,
    PERMISSIONS,
    ROLE_NAMES,
    ROLES,
    NotOwned,
    NotPermitted,
    Role,
    demand,
    demand_draft,
    may,
)
from bilat_office.records.viewer import JOINT, Viewer


def viewer(*roles: Role, side: str | None = "BLR", body: str | None = None) -> Viewer:
    return Viewer(side=side, roles=frozenset(roles), body=body, person="irina")


def test_a_secretary_signs_and_an_analyst_does_not() -> None:
    demand(viewer("secretary"), "sign")
    with pytest.raises(NotPermitted) as refused:
        demand(viewer("analyst"), "sign")
    sentence = Words("en")(refused.value.message)
    assert "use the key of the side" in sentence
    assert "secretary of the commission" in sentence


def test_roles_add_up() -> None:
    both = viewer("analyst", "administrator")
    assert may(both, "load")
    assert may(both, "people")
    assert not may(both, "sign")


@pytest.mark.parametrize("role", ROLES)
def test_of_neither_side_nobody_may_do_anything(role: Role) -> None:
    for side in (None, JOINT):
        between = viewer(role, side=side)
        assert not any(may(between, action) for action in ACTION_NAMES)


def test_a_ministrys_editor_writes_for_the_ministry_alone() -> None:
    editor = viewer("ministry_editor", body="min-trade")
    demand_draft(editor, ["min-trade", "min-farming"])
    with pytest.raises(NotOwned):
        demand_draft(editor, ["min-farming"])
    with pytest.raises(NotOwned):
        demand_draft(editor, [])
    demand_draft(viewer("secretary"), ["min-farming"])


def test_an_observer_only_looks() -> None:
    assert not any(may(viewer("observer"), action) for action in ACTION_NAMES)


def test_every_role_and_action_has_a_name_and_is_used() -> None:
    assert set(PERMISSIONS) == set(ROLES) == set(ROLE_NAMES)
    assert set().union(*PERMISSIONS.values()) == set(ACTION_NAMES)
