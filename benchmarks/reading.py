"""How fast is a text read, and how near to the labels?

    PYTHONPATH=. python benchmarks/reading.py [--scores]

Speed: characters a second on one core after warm-up, over the labelled texts put together, each
repeated with other numbers and names mixed in so that no sentence is twice the same; and the time
of the first short text in a fresh process. ``--scores`` prints precision and recall of a kind on
the development half and on the held-out half of the texts: counts only.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from datetime import date

from tests.core.reading.scoring import (
    GOLD,
    counts,
    development,
    held_out,
    not_facts_proposed,
    records,
)

from bilat.reading.original import Original
from bilat.reading.reader import read_text

_LENGTH = 300_000  # characters, about a protocol of 150 pages
_FIRST = (
    "import time; t = time.perf_counter(); "
    "from bilat.reading.original import Original; from bilat.reading.reader import read_text; "
    "read_text(Original('x', {text!r}), parties=('BLR', 'KGZ')); "
    "print(time.perf_counter() - t)"
)
_SHORT = {
    "en": "In 2024 trade between Belarus and Kyrgyzstan grew by 15% to $138 million.",
    "ru": "В 2024 году товарооборот Беларуси и Кыргызстана вырос на 15% до 138 млн долларов.",
}


def corpus(language: str) -> str:
    """The texts of one language, over and over, with their numbers changed each time."""
    texts = [
        (GOLD / "texts" / f"{record['id']}.txt").read_text(encoding="utf-8")
        for record in records()
        if record["lang"] == language
    ]
    pieces: list[str] = []
    length = round_number = 0
    while length < _LENGTH:
        for text in texts:
            changed = text.replace("1", str(1 + round_number % 9))
            pieces.append(changed)
            length += len(changed)
        round_number += 1
    return "\n\n".join(pieces)


def characters_a_second(text: str) -> float:
    start = time.perf_counter()
    read_text(Original("corpus", text), parties=("BLR", "KGZ"), published=date(2025, 10, 2))
    return len(text) / (time.perf_counter() - start)


def first_text(language: str) -> float:
    """Seconds from the import to the first short text, in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-c", _FIRST.format(text=_SHORT[language])],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def scores() -> None:
    halves = {
        "development": development(),
        "held out, first set": [one for one in held_out() if one["id"][0] == "g"],
        "held out, last set": [one for one in held_out() if one["id"][0] == "p"],
    }
    for name, half in halves.items():
        for language in ("en", "ru"):
            some = [record for record in half if record["lang"] == language]
            print(f"{name}, {language}")
            for kind, count in counts(some).items():
                print(f"  {kind:9} P {count.precision:.2f}  R {count.recall:.2f}  of {count.gold}")
            wrong, proposed = not_facts_proposed(some)
            print(f"  not facts proposed: {wrong} of {proposed}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scores", action="store_true")
    if parser.parse_args().scores:
        scores()
        return
    for language in ("en", "ru"):
        first = first_text(language)
        text = corpus(language)
        characters_a_second(text[:20_000])
        cold = characters_a_second(text)
        warm = characters_a_second(text)
        print(
            f"{language}: first text {first:.2f} s; then {cold:,.0f}, warm {warm:,.0f} characters/s"
        )


if __name__ == "__main__":
    main()
