"""What banks, lessors and acts of the corridor offer: dated, sourced, editable terms to start from.

``preset_of`` finds one, ``assemble`` lays a deal's own terms over it, ``findings`` checks its
limits on the schedule.
"""

from bilat.finance.presets.assembling import Asked, Stated, assemble, read_stated, refused
from bilat.finance.presets.limits import Finding, findings
from bilat.finance.presets.preset import Limit, Preset, PresetSource
from bilat.finance.presets.registry import PresetUnknown, preset_of, presets

__all__ = [
    "Asked",
    "Finding",
    "Limit",
    "Preset",
    "PresetSource",
    "PresetUnknown",
    "Stated",
    "assemble",
    "findings",
    "preset_of",
    "presets",
    "read_stated",
    "refused",
]
