"""Which letters a person wants."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db import transaction

from bilat_office.people.models import LetterChoice, Person


def choice_of(person: Person) -> LetterChoice:
    """All letters, where the person has not chosen."""
    return choices_of([person])[person.pk]


def choices_of(people: Iterable[Person]) -> Mapping[int, LetterChoice]:
    """By the person's number, asked for at once."""
    every = list(people)
    kept = LetterChoice.objects.in_bulk([person.pk for person in every])
    return {person.pk: kept.get(person.pk) or LetterChoice(person=person) for person in every}


def letters_choose(
    *,
    person: Person,
    wanted: bool,
    before: bool,
    after: bool,
    changes: bool,
    digest: bool,
    bodies: Collection[str],
) -> None:
    """wanted: any letters at all. bodies: ids of those that the digest tells of."""
    with transaction.atomic():
        person.reminders = wanted
        person.save(update_fields=["reminders"])
        LetterChoice.objects.update_or_create(
            person=person,
            defaults={
                "before": before,
                "after": after,
                "changes": changes,
                "digest": digest,
                "bodies": sorted(set(bodies)),
            },
        )
