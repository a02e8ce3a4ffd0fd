"""A brief told as sections of paragraphs, tables and charts, for every format alike."""

from bilat.brief.story.blocks import Story
from bilat.brief.story.story import tell

__all__ = ["Story", "tell"]
