"""``bilat schedule --presets``: what banks and lessors offer, and where it is stated."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bilat.finance.presets import Preset
from bilat.language import Message, Words, say


def print_presets(presets: tuple[Preset, ...], words: Words) -> None:
    """Each with institution, terms, limits, conditions, source and dates."""
    console = Console(highlight=False)
    for preset in presets:
        console.print(Text.assemble((preset.id, "bold"), "  ", words(preset.title)))
        for line in _lines(preset, words):
            console.print(Padding(Text(words(line)), (0, 0, 0, 4)))
        console.print()


def _lines(preset: Preset, words: Words) -> Iterator[Message]:
    yield say("{institution}", institution=preset.institution)
    for name, value in preset.terms.items():
        yield say("{name}: {value}", name=name, value=_shown(value, words))
    if preset.rate_rule:
        yield say("Rate to be stated: {rule}", rule=preset.rate_rule)
    for limit in preset.limits:
        yield say("Checked: {limit}", limit=limit.says)
    for condition in preset.conditions:
        yield say("Not checked: {condition}", condition=condition)
    for source in preset.sources:
        yield say(
            "Source: {title}, {publisher}, {stated}, read on {day}. {address}",
            title=source.title,
            publisher=source.publisher,
            stated=source.stated or say("without a date"),
            day=source.consulted,
            address=source.address or "",
        )


def _shown(value: object, words: Words) -> str:
    """A value as a file holds it, in one line; of a text only the reader's language."""
    if isinstance(value, dict) and words.lang in value:
        return words(value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {_shown(item, words)}" for name, item in value.items())
    if isinstance(value, list):
        return "; ".join(_shown(item, words) for item in value)
    return str(value)
