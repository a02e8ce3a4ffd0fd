"""A brief told as sections of paragraphs, tables and charts, for every format alike.

``tell`` is loaded when it is asked for: who tells of potential alone has no need of it.
"""

from typing import TYPE_CHECKING

from bilat.brief.story.blocks import Story

if TYPE_CHECKING:
    from bilat.brief.story.story import tell

__all__ = ["Story", "tell"]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name == "tell":
            from bilat.brief.story.story import tell

            return tell
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
