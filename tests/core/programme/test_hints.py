"""What the models say of their fields reaches readers in their language."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from bilat.language import Words
from bilat.programme import Commitment, Contact, Deal
from bilat.programme.hints import hint_of, hint_of_model, hints_in
from bilat.register.kinds import SECTIONS

ROOT = Path(__file__).parents[3]


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_hint_is_the_docstring_without_marks_for_programmers() -> None:
    assert str(hint_of(Contact.model_fields["number"])) == "The ordinal: the 12th session."
    assert not [hint for hint in hints_in(SECTIONS.values()) if "`" in str(hint)]


def test_a_part_without_a_docstring_says_what_its_model_says() -> None:
    said = str(hint_of(Contact.model_fields["participants"]))
    assert said == "Someone who took part or spoke, with the office held at the time."
    assert (
        str(hint_of(Commitment.model_fields["milestones"])) == "A step on the way to a commitment."
    )


def test_what_every_id_of_a_kind_says_is_no_hint() -> None:
    assert hint_of(Deal.model_fields["facility"]) is None
    assert hint_of(Contact.model_fields["planned"]) is None


def test_the_translators_get_every_hint_once() -> None:
    hints = [hint.template for hint in hints_in(SECTIONS.values())]
    assert len(hints) == len(set(hints))
    assert "The day of the first drawdown, from which months are counted." in hints
    assert str(hint_of_model(Contact)) in hints
    script = _script()
    vars(script)["extract_from_dir"] = lambda *given, **named: ()  # code is another story
    catalogue = script.template()
    assert [text for text in hints if text not in catalogue] == []


def test_every_hint_can_be_rendered() -> None:
    assert all(Words("ru")(hint) for hint in hints_in(SECTIONS.values()))
