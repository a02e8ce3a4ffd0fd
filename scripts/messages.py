"""Collect sentences for the translators and compile their catalogues; --check only compares.

python scripts/messages.py           # update src/bilat/locale/*/LC_MESSAGES/bilat.{po,mo}
python scripts/messages.py --check   # exit 1 if a sentence is missing, unused or not compiled
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from bilat.programme.hints import hints_in
from bilat.register.kinds import SECTIONS

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "src" / "bilat" / "locale"
LANGUAGES = ("ru",)
METHODS = [
    ("**.py", "python"),
    ("**.j2", "jinja2"),
    ("**.html", "bilat_office.pages.extraction:sentences"),
]
KEYWORDS = {"say": None, "say_many": (1, 2), "_": None, "ngettext": (1, 2)}
HEADER = "# Sentences of Bilat. Collected and compiled by: make messages"
Sentence = str | tuple[str, ...]
FIRST_DAY = datetime(2026, 11, 24, tzinfo=UTC)
CLICK_FILES = ("core", "decorators", "exceptions", "formatting", "types", "parser", "termui")


def template() -> Catalog:
    """Every sentence of the source: of code, templates, the records' docstrings, and of click."""
    catalogue = Catalog(project="bilat")
    for message, comments, context in _sentences():
        catalogue.add(message, auto_comments=comments, context=context)
    return catalogue


def _sentences() -> Iterator[tuple[Sentence, list[str], str | None]]:
    for folder in (ROOT / "src" / "bilat", ROOT / "src" / "bilat_office"):
        found = extract_from_dir(folder, METHODS, keywords=KEYWORDS)
        for _file, _line, message, comments, context in found:
            yield message, comments, context
    for hint in hints_in(SECTIONS.values()):
        yield hint.template, [], None
    click_folder = Path(click.__file__).parent
    click_methods = [(f"{name}.py", "python") for name in CLICK_FILES]
    for _file, _line, message, _comments, context in extract_from_dir(
        click_folder, click_methods, keywords=KEYWORDS
    ):
        yield message, [], context


def updated(language: str) -> Catalog:
    """The language's catalogue with today's sentences; translations are never guessed."""
    path = po_path(language)
    catalogue = Catalog(language, project="bilat")
    if path.exists():
        catalogue = read_po(path.open("rb"), locale=language)
    catalogue.update(template(), no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    catalogue.header_comment = HEADER
    # The day of a run is no change of content: both files stay as they are without new sentences.
    catalogue.creation_date = catalogue.revision_date = FIRST_DAY
    return catalogue


def po_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "bilat.po"


def po_text(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalogue, width=98, no_location=True, omit_header=False, sort_output=True)
    return out.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    return [str(m.id) for m in catalogue if m.id and not (m.string and all(_forms(m.string)))]


def _forms(string: object) -> tuple[object, ...]:
    return string if isinstance(string, tuple) else (string,)


def main() -> int:
    check = "--check" in sys.argv
    failed = False
    for language in LANGUAGES:
        catalogue, path = updated(language), po_path(language)
        missing = untranslated(catalogue)
        po, mo = po_text(catalogue), mo_bytes(catalogue)
        mo_path = path.with_suffix(".mo")
        if check:
            stale = not path.exists() or path.read_bytes() != po or mo_path.read_bytes() != mo
            failed |= stale or bool(missing)
            if stale:
                print(f"{path}: not up to date; run: make messages")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(po)
            mo_path.write_bytes(mo)
        for sentence in missing:
            print(f"{path}: not translated: {sentence!r}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
