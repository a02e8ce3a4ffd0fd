"""A secretary sees meetings told by ordinary verbs, and works that no lexicon names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bilat.reading.original import Original
from bilat.reading.proposal import Kind
from bilat.reading.reader import read_text


def found(text: str, kind: Kind, parties: tuple[str, str]) -> list[dict[str, Any]]:
    reading = read_text(Original("release", text), parties=parties, published=date(2025, 10, 2))
    return [dict(p.fields) for p in reading.proposals if p.kind == kind and not p.optional]


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("The Turkish foreign minister flew to Ulaanbaatar on 25 September.", "visit", "held"),
        ("The Turkish minister will travel to Ulaanbaatar in November.", "visit", "planned"),
        ("The Mongolian delegation is due in Ankara on 14 October.", "visit", "planned"),
        ("The Turkish minister hosted his Mongolian counterpart in Ankara.", "meeting", "held"),
        ("The two foreign ministers held consultations in Ankara.", "meeting", "held"),
        ("Deputy ministers of both countries conferred by video link.", "call", "held"),
        ("The next round of consultations is set for Ankara.", "meeting", "planned"),
        ("Глава МИД Турции 25 сентября побывал в Улан-Баторе.", "visit", "held"),
        ("Премьер-министр Турции отправится в Улан-Батор в ноябре.", "visit", "planned"),
        ("Турецкий министр провёл переговоры с коллегой из Монголии.", "meeting", "held"),
        ("Министры двух стран встретятся до конца года.", "meeting", "planned"),
        ("Следующее заседание комиссии примет Анкара.", "commission", "planned"),
    ],
)
def test_meetings_told_by_ordinary_verbs(text: str, kind: str, status: str) -> None:
    (contact,) = found(text, "contact", ("MNG", "TUR"))
    assert (contact["type"], contact["status"]) == (kind, status)


@pytest.mark.parametrize(
    "text",
    [
        "The Mongolian minister met his Kazakh colleague in Almaty.",
        "The President of Türkiye paid a visit to Kazakhstan last week.",
        "The Turkish minister visited a tractor plant.",
        "The visit of the Turkish minister has been called off.",
        "The minister said exports go to Mongolia by rail.",
        "Президент Турции на прошлой неделе посетил Казахстан.",
        "Визит президента Турции отменён.",
        "Министр не сказал, когда соберётся комиссия.",
    ],
)
def test_meetings_of_others_and_those_that_are_not_held_are_left(text: str) -> None:
    assert found(text, "contact", ("MNG", "TUR")) == []


@pytest.mark.parametrize(
    ("text", "ordinal", "day"),
    [
        ("ANKARA, 5 May (Wire) – Trade grew, she said at the forum.", None, "2025-05-05"),
        ("In November the joint commission, the sixth in its history, meets.", 6, "2025-11"),
        (
            "They prepared the session of the commission, which Ankara hosts in July.",
            None,
            "2025-07",
        ),
        ("The Commission held its 11th meeting in Ankara on 4 May 2025.", 11, "2025-05-04"),
    ],
)
def test_a_meeting_has_its_number_and_its_day(text: str, ordinal: int | None, day: str) -> None:
    (contact,) = found(text, "contact", ("MNG", "TUR"))
    assert (contact["ordinal"], contact["date"]) == (ordinal, day)


@pytest.mark.parametrize(
    ("text", "product", "activity"),
    [
        ("A wood-pellet factory will be built in Hai Phong.", "wood pellets", "construction"),
        ("A plant for the production of mineral wool is being built in Hue.", "mineral wool",
         "construction"),
        ("Builders are at work on a lighthouse in Hue.", "lighthouse", "construction"),
        ("A joint venture to make water pumps was registered in Hue.", "pumps", "joint venture"),
        ("The ministries favour a joint seed company.", "seeds", "joint venture"),
        ("Umbrellas of a Hungarian brand are being assembled in Hue.", "umbrellas", "assembly"),
        ("Hungary will supply 12 ultrasound scanners.", "ultrasound scanners", "supply"),
        ("Hungarian specialists will rebuild the tannery in Hue.", "tannery", "modernisation"),
        ("В Хайфоне построят завод по выпуску минеральной ваты.", "mineral wool", "construction"),
        ("Зарегистрировано СП по сборке насосов в Хюэ.", "pumps", "joint venture"),
        ("В Дананге началась сборка ноутбуков.", "computers", "assembly"),
        ("С конвейера в Дананге сошли первые автобусы.", "buses", "assembly"),
    ],
)  # fmt: skip
def test_works_by_what_they_are_called(text: str, product: str, activity: str) -> None:
    (project,) = found(text, "project", ("HUN", "VNM"))
    assert (project["product"], project["activity"]) == (product, activity)


@pytest.mark.parametrize(
    "text",
    [
        "The Minsk Tractor Works employs 15,000 people.",
        "China will build a railway through Laos to Vietnam.",
        "The hotel in Hue was built in 2010.",
        "There is no agreement to build a sugar plant in Hue.",
        "The production of furniture in Vietnam rose by 5%.",
        "They will build 1,200 km of roads.",
        "Китай построит железную дорогу через Лаос во Вьетнам.",
        "Гостиницу в Хюэ построили в 2010 году.",
    ],
)
def test_works_of_others_and_those_of_old_are_left(text: str) -> None:
    assert found(text, "project", ("HUN", "VNM")) == []
