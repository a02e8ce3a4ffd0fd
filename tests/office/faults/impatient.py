"""The office's settings, with a second's patience for a locked file instead of thirty."""

from __future__ import annotations

from bilat_office.settings import *  # noqa: F403
from bilat_office.settings import DATABASES

DATABASES["default"]["OPTIONS"]["timeout"] = 1
