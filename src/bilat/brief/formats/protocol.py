"""The documents of a protocol: in one language, or in two beside each other, ready to be signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bilat.brief.facts.protocol import DelegationFact, ProtocolFact
from bilat.brief.formats.publication import numbers_of
from bilat.brief.story.blocks import Story
from bilat.brief.story.protocol import signing, tell_protocol
from bilat.language import Message, Words, say

if TYPE_CHECKING:
    from bilat.brief.charts import Charts

FORMATS = ("docx", "pdf", "json")
OWN_FORMATS: Mapping[str, str] = MappingProxyType(
    {"docx": "bilat.brief.formats.protocol_docx", "pdf": "bilat.brief.formats.protocol_pdf"}
)


@dataclass(frozen=True)
class ProtocolOutput:
    """A `Publication`. languages: one, or two that stand beside each other."""

    facts: ProtocolFact
    languages: tuple[str, ...]
    interactive: bool = False

    @property
    def words(self) -> Words:
        """The language that stands first."""
        return self.readers[0]

    @cached_property
    def readers(self) -> tuple[Words, ...]:
        return tuple(Words(lang) for lang in self.languages)

    @cached_property
    def story(self) -> Story:
        return tell_protocol(self.facts)

    @cached_property
    def charts(self) -> Charts:
        from bilat.brief.charts import Charts  # Altair takes a second to load: only when drawing

        return Charts(self.facts, self.words)

    @property
    def stem(self) -> str:
        """``blr-kgz-protocol-session-13-en-ru``."""
        facts = self.facts
        return "-".join((facts.programme, "protocol", facts.session, *self.languages))

    @property
    def origin(self) -> Message:
        return say(
            "Made by Bilat {version} from the joint records; the same records and day give the "
            "same protocol.",
            version=self.facts.version,
        )

    @property
    def own_formats(self) -> Mapping[str, str]:
        return OWN_FORMATS

    def numbers(self, sources: tuple[str, ...]) -> list[int]:
        return numbers_of(self.facts, sources)

    def said(self, value: Any, *, in_table: bool = False) -> Sequence[tuple[str, str]]:
        """Language and text; once where every language writes the same."""
        readers = [words.for_tables if in_table else words for words in self.readers]
        texts = [(words.lang, words.show(value)) for words in readers]
        return texts[:1] if len({text for _lang, text in texts}) == 1 else texts

    def joined(self, value: Any) -> str:
        """A heading or a short line, the languages on one line."""
        return " / ".join(text for _lang, text in self.said(value))

    def signing(self, side: DelegationFact) -> Sequence[str]:
        """What stands at the place to sign, one line for all languages."""
        blank, name, below = (self.joined(line) for line in signing(side))
        return blank, "______________________________", below, name
