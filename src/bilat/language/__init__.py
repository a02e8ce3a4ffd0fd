"""What people read: messages that wait for a language, and the words of one language.

Core code never formats a sentence by itself. It says ``say("{n} late", n=3)`` and gets a
`Message`; whoever shows it renders it with `Words("ru")`. So one result serves both languages.
"""

from bilat.language.message import Message, say, say_many
from bilat.language.text import Text, pick
from bilat.language.words import Words

__all__ = ["Message", "Text", "Words", "pick", "say", "say_many"]
