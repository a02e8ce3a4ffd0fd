"""An office of its own, as ``make serve`` shows it, and a browser before it.

Needs a Chromium on the machine; without one its tests are skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "blr-kgz"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NEEDS = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
    pytest.mark.skipif(not EXAMPLE.exists(), reason="no example programme here"),
]
WIDTHS = (1200, 640, 320)
"""640: what a window of 1280 has at 200 % zoom."""
MEASURE = "direct-flights"
PAGES = (
    "/", "/outlook", "/roadmap", "/roadmap?by=chapter", "/roadmap?by=year",
    "/roadmap/_scorecard", "/roadmap/_carry",
    f"/roadmap/{MEASURE}", f"/roadmap/{MEASURE}/fields", "/changes", "/records",
    "/records/commitments", "/search?q=elevators", f"/records/commitments/{MEASURE}/edit",
    "/records/targets/turnover-500", "/records/targets/_new", "/records/deals",
    f"/records/commitments/{MEASURE}/delete",
    f"/records/commitments/{MEASURE}/history", "/accounts/2fa/", "/accounts/logout/", "/nothing",
    "/documents", "/documents?q=элеватор", "/documents/roadmap-2030", "/documents/_stored",
    "/documents/folder",
    "/trade", "/trade/products", "/trade/opportunities", "/sides",
    "/trade/gaps", "/trade/quality", "/trade/datasets",
    "/plan", "/plan?budget=5000000&currency=USD",
    "/trade/figure?indicator=exports-blr&period=2023&side=KGZ",
    "/administration", "/administration/roles", "/administration/stops", "/administration/keys",
    "/administration/tokens", "/administration/jobs", "/administration/exchange",
    "/administration/audit", "/administration/statistics", "/notices", "/notices/letters",
    "/commission", "/commission/_decisions", "/commission/session-12",
    "/commission/session-12/agenda", "/commission/session-12/decide",
    "/commission/session-12/protocol",
    "/read", "/read/all",
    "/contacts", "/contacts?view=month&month=2025-09", "/contacts?view=series", "/contacts/_new",
    "/contacts/_calendars", "/contacts/visit-2025-09-29",
    "/exchanges", "/exchanges?area=tourism", "/exchanges/education",
    "/projects", "/projects?view=board", "/projects/elevator-assembly", "/projects/_scale-up",
    "/regions", "/regions/_matches", "/regions/_map",
    "/finance", "/finance/deals", "/finance/due", "/finance/facilities/development-bank-credit",
    "/finance/calculator", "/finance/compare", "/plan?budget=much", "/roadmap?by=time",
    "/finance/calculator?price=240000&currency=USD&start=2026-01-15&months=24&rate=8.5",
)  # fmt: skip


@dataclass(frozen=True)
class Served:
    """An office at an address. people: address → password; phrases: side → passphrase."""

    address: str
    people: dict[str, str]
    phrases: dict[str, str]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with _serving(tmp_path) as office:
        yield office


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One for all stories of a file whose people only read."""
    with _serving(tmp_path_factory.mktemp("office")) as office:
        yield office


@contextmanager
def _serving(folder: Path) -> Iterator[Served]:
    environment = {**os.environ, "BILAT_DATA": str(folder), "PYTHONPATH": str(ROOT / "src")}
    environment.pop("DATABASE_URL", None)
    made = subprocess.run(
        [sys.executable, "-m", "bilat_office.pages.demo", str(EXAMPLE)],
        env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    port = str(_free_port())
    server = subprocess.Popen(
        [sys.executable, "-m", "bilat_office", "serve", "--port", port, "--workers", "1",
         "--no-work"],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _await(f"{address}/health")
        people = dict(re.findall(r"(\S+@\S+)\s+(\S+)", made.stdout))
        yield Served(address, people, dict(re.findall(r"key of (\w+): (\S+)", made.stdout)))
    finally:
        server.terminate()
        server.wait(60)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _await(address: str) -> None:
    for _turn in range(240):
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 (our own server)
                return
        except OSError:  # refused, or not quick enough on a busy machine
            time.sleep(0.25)
    raise TimeoutError(address)


@pytest.fixture
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


def sign_in(context: Any, served: Served, email: str = "secretary@blr.example") -> Any:
    page = context.new_page()
    page.goto(served.address)
    page.fill("[name=login]", email)
    page.fill("[name=password]", served.people[email])
    page.keyboard.press("Enter")
    page.wait_for_selector("#outlook", state="attached")  # home, in whatever language
    return page


def read_in(page: Any, lang: str) -> None:
    """From now on, by the button of the page's head."""
    if page.get_attribute("html", "lang") != lang:
        page.click(f"button[name=language][value={lang}]")
        page.wait_for_selector(f"html[lang={lang}]")
