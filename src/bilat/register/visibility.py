"""Who may see which record: pure rules, applied before anything is computed or written."""

from __future__ import annotations

from bilat.programme import KINDS, Programme

JOINT = "joint"


def seen_by(programme: Programme, viewer: str = JOINT) -> Programme:
    """The programme as ``viewer`` may see it: joint records, and the viewer's own.

    viewer: the code of a party, or ``joint`` for what both may see. Results computed from what this
    returns cannot leak the other side's records, because they are not there.
    """
    sections = {
        section: tuple(
            record for record in programme.section(section) if record.visibility in (JOINT, viewer)
        )
        for section in KINDS
    }
    targets = {target.id for target in sections["targets"]}
    headline = programme.headline_target if programme.headline_target in targets else None
    seen = programme.with_fields(**sections, headline_target=headline)
    return seen.remembering(programme.memory)
