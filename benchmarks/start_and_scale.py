"""How fast does the command start, and does a large programme still fit?

    python benchmarks/start_and_scale.py [--runs 7]

Prints medians of wall-clock seconds and the peak memory of each child process, beside the bare
start of the interpreter in the same run, so that a slow machine shows itself. The large programme
is generated: 10,000 commitments with owners, evidence and dates, and 2,000 contacts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
BILAT = [sys.executable, "-m", "bilat.cli.main"]
COMMITMENTS, CONTACTS, OWNERS = 10_000, 2_000, 40


def measured(command: Sequence[str]) -> tuple[float, float]:
    """Seconds and peak MiB of one run of a child process. Raises if it fails."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def median(command: Sequence[str], runs: int) -> tuple[float, float]:
    measured(command)  # warm: compiled files and disk cache
    seconds, memory = zip(*(measured(command) for _ in range(runs)), strict=True)
    return statistics.median(seconds), max(memory)


def large_programme(folder: Path) -> Path:
    """Two YAML files of their own, as a ministry's export would make them."""
    folder.mkdir()
    owners = "\n".join(
        f"  - {{id: body-{n}, name: {{en: Ministry {n}, ru: Министерство {n}}}, kind: ministry, "
        f"party: {'BLR' if n % 2 else 'KGZ'}}}"
        for n in range(OWNERS)
    )
    (folder / "programme.yaml").write_text(
        "id: large\ntitle: A large programme\nparties: [{code: BLR}, {code: KGZ}]\n"
        "sources: [{id: s, title: Protocol, publisher: Commission}]\n"
        "documents: [{id: roadmap, title: Roadmap, kind: roadmap, signed: 2024, sources: [s]}]\n"
        f"bodies:\n{owners}\n"
    )
    (folder / "commitments.yaml").write_text("".join(map(_commitment, range(COMMITMENTS))))
    (folder / "contacts.yaml").write_text("".join(map(_contact, range(CONTACTS))))
    return folder


def _commitment(n: int) -> str:
    return (
        f"- id: measure-{n}\n"
        f"  title: {{en: Measure number {n} of the roadmap, ru: Мероприятие {n} дорожной карты}}\n"
        f"  document: roadmap\n  owners: [body-{n % OWNERS}, body-{(n * 7 + 1) % OWNERS}]\n"
        f"  due: {2025 + n % 4}-{n % 12 + 1:02}\n  sources: [s]\n"
        f"  evidence:\n    - {{on: 2025-0{n % 9 + 1}-15, grade: limited, text: Report {n}}}\n"
    )


def _contact(n: int) -> str:
    return (
        f"- id: contact-{n}\n  title: Meeting number {n}\n  kind: meeting\n"
        f"  held: {2020 + n % 6}-{n % 12 + 1:02}-{n % 28 + 1:02}\n  place: Minsk\n  sources: [s]\n"
    )


def report(label: str, command: Sequence[str], runs: int) -> None:
    seconds, memory = median(command, runs)
    print(f"{label:<58} {seconds:7.2f} s {memory:7.0f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    example = [*BILAT, "brief", str(ROOT / "examples/blr-kgz"), "--as-of", "2025-10-01"]
    with tempfile.TemporaryDirectory() as scratch:
        out = ["--out", f"{scratch}/out", "--quiet"]
        report("python -c pass", [sys.executable, "-c", "pass"], runs)
        report("bilat --help", [*BILAT, "--help"], runs)
        report("import bilat.brief", [sys.executable, "-c", "import bilat.brief"], runs)
        report("bilat brief, the example, JSON", [*example, *out, "--formats", "json"], runs)
        report("bilat brief, the example, all formats", [*example, *out], 3)
        large = str(large_programme(Path(scratch) / "large"))
        report(f"bilat check, {COMMITMENTS:,} commitments", [*BILAT, "check", large], 3)
        big = [*BILAT, "brief", large, "--as-of", "2025-10-01", *out]
        report("bilat brief, the same, JSON", [*big, "--formats", "json"], 3)
        report("bilat brief, the same, all formats", big, 3)


if __name__ == "__main__":
    main()
