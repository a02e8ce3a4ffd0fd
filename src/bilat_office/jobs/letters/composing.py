"""A letter in its reader's language: as plain text, and as HTML that loads nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from bilat.language import Message, Words, say
from bilat_office.jobs.letters.leaving import leaving_address
from bilat_office.people.models import Person

LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Group:
    """Sentences under one heading; an empty one is not shown."""

    heading: Message
    sentences: Sequence[Message]


def composed(
    person: Person, words: Words, subject: Message, groups: Sequence[Group]
) -> tuple[str, str, str]:
    """Subject (one line), plain text, HTML."""
    line = " ".join(words(subject).split())[:LONGEST_SUBJECT]
    context = {
        "lang": words.lang,
        "subject": line,
        "greeting": words(say("Dear {name},", name=person.name)),
        "groups": [
            (words(group.heading), [" ".join(words(item).split()) for item in group.sentences])
            for group in groups
            if group.sentences
        ],
        "office": settings.OFFICE_ADDRESS,
        "open_it": words(say("Open the office")),
        "why": words(
            say("You get this letter because the office reminds you of what concerns you.")
        ),
        "stop": words(say("No more letters")),
        "leaving": leaving_address(person),
    }
    text = render_to_string("jobs/letter.txt", context)
    return line, text, render_to_string("jobs/letter.html", context)
