"""How well the article of a saved page is found, on pages with a known answer.

PYTHONPATH=. python benchmarks/saved_pages.py FOLDER [--peer trafilatura|readability]

FOLDER holds one folder a page with source.html and expected.html, as `test/test-pages` of
mozilla/readability does. Words of the answer and of what was found are compared as multisets.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import mean
from typing import Any

from bilat.errors import BilatError
from bilat.reading.files.webpage import read_html

Reader = Callable[[bytes], str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peer", choices=["trafilatura", "readability"])
    asked = parser.parse_args()
    reader = _peer(asked.peer) if asked.peer else _ours
    begun, scores = time.perf_counter(), [_score(page, reader) for page in _pages(asked.folder)]
    for name, position in (("precision", 0), ("recall", 1), ("F1", 2)):
        print(f"{name:10} {mean(score[position] for score in scores):.3f}")
    print(f"pages with F1 below 0.8: {sum(score[2] < 0.8 for score in scores)} of {len(scores)}")
    print(f"{time.perf_counter() - begun:.1f} s")


def _pages(folder: Path) -> list[Path]:
    return sorted(path.parent for path in folder.glob("*/expected.html"))


def _ours(source: bytes) -> str:
    try:
        return read_html("page.html", source).text
    except BilatError:
        return ""


def _peer(name: str) -> Reader:
    def by_trafilatura(source: bytes) -> str:
        import trafilatura  # type: ignore[import-not-found]

        return trafilatura.extract(source, include_comments=False, include_tables=True) or ""

    def by_readability(source: bytes) -> str:
        from readability import Document  # type: ignore[import-untyped]

        return _plain(Document(source.decode("utf-8", "replace")).summary())

    return by_trafilatura if name == "trafilatura" else by_readability


def _plain(page: str) -> str:
    from lxml import html  # type: ignore[import-untyped]

    root: Any = html.fromstring(f"<div>{page}</div>")
    return str(root.text_content())


def _score(page: Path, reader: Reader) -> tuple[float, float, float]:
    found = _words(reader((page / "source.html").read_bytes()))
    answer = _words(_plain((page / "expected.html").read_text(encoding="utf-8")))
    both = (found & answer).total()
    if not both:
        return 0.0, 0.0, 0.0
    precision, recall = both / found.total(), both / answer.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


if __name__ == "__main__":
    main()
