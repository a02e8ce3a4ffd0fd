"""Facts → Brief → documents.

>>> from datetime import date
>>> from bilat.brief import make_brief
>>> from bilat.programme import open_programme
>>> brief = make_brief(open_programme("examples/blr-kgz"), as_of=date(2025, 10, 1))
>>> brief.targets[0].verdict
'off_track'

Each name is loaded when it is asked for: who tells of potential alone has no need of outlooks.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bilat.brief.brief import Brief, brief_schema, make_brief

__all__ = ["Brief", "brief_schema", "make_brief"]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name in __all__:
            return getattr(import_module(f"{__name__}.brief"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
