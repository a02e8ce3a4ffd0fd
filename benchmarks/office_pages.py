"""How long do the office's pages take with 10,000 measures, 2,000 contacts and 500 projects?

    PYTHONPATH=src:. python benchmarks/office_pages.py [--turns 30] [--paint] [--first 5]

An office on SQLite in a folder of its own, served by gunicorn with one process on loopback. Each
page is asked twice to fill what is kept, then ``--turns`` times. The seconds are those between
request and last byte; the weight is that of the page's HTML, and of what it loads besides
(styles, scripts, fonts) once. ``--paint`` opens pages in Chromium and reports the Largest
Contentful Paint. ``--first``: so many first pages after a change and of a day, of each page, see
`benchmarks.office_pages_first`.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import secrets
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.office_api import serving
from benchmarks.office_pages_first import Look, firsts, told
from benchmarks.office_pages_world import large, read_text

SECRETARY = "secretary@blr.example"
SAMPLES = {"section": "commitments", "record_id": "measure-17", "number": "1"}
ONE_OF = {
    "commission": "session-13", "contacts": "contact-17", "documents": "roadmap",
    "exchanges": "exchange-3", "finance/facilities": "facility-1", "finance/deals": "deal-17",
    "projects": "project-17", "roadmap": "measure-17",
}  # fmt: skip
"""How an address begins → a record that has such a page."""
BESIDES = (
    "records/contacts", "records/contacts/contact-17", "records/projects",
    "records/sources/s", "records/documents/roadmap", "records/bodies/body-1",
    "roadmap?page=100", "roadmap?by=owner", "roadmap?q=number+17", "roadmap?sort=title",
    "contacts?view=month", "contacts?view=series", "exchanges?area=education",
    "commission/session-12/protocol", "notices?group=measure", "search?q=measure",
)  # fmt: skip
"""Pages of which an address alone does not tell: their filters, a record of another sort."""
LEFT_OUT = ("workbook", "export", ".pdf", ".docx", ".xlsx", "folder", "download", "ics")
"""Files that a person asks for now and then."""
PAINTED = ("/", "/roadmap", "/contacts", "/projects", "/records/commitments")


def built(folder: Path) -> tuple[str, dict[str, str]]:
    """The office with its people, and a text that was read.

    The session of a secretary, and side → the passphrase of its key.
    """
    from bilat_office.pages.demo import build

    said = [re.fullmatch(r"passphrase of the key of (\w+): (\S+)", line) for line in build(folder)]
    read_text(SECRETARY)
    return signed_in(), {each[1]: each[2] for each in said if each}


def signed_in() -> str:
    """A session of the first side's secretary, as signing in would begin it."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from bilat_office.people.models import Person

    person = Person.objects.get(email=SECRETARY)
    person.last_login = timezone.now()  # for the sides whose people come, pages are made ready
    person.save(update_fields=["last_login"])
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def addresses() -> Iterator[str]:
    """Every page that Django knows, with ids that there are."""
    from bilat_office.pages.urls import urlpatterns

    for pattern in urlpatterns:
        route = str(pattern.pattern)
        record = next((id_ for start, id_ in ONE_OF.items() if route.startswith(start)), None)
        names = {**SAMPLES, **({"record_id": record} if record else {})}
        for name in re.findall(r"<(?:\w+:)?(\w+)>", route):
            route = re.sub(rf"<(?:\w+:)?{name}>", names.get(name, "1"), route, count=1)
        if not any(part in route for part in LEFT_OUT):
            yield "/" + route
    for each in BESIDES:
        yield f"/{each}"


class Reader:
    """One signed-in browser without pictures."""

    def __init__(self, port: int, cookie: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        self._headers = {"Cookie": cookie, "Accept-Language": "en", "Host": "localhost"}

    def get(self, address: str, encoding: str = "identity") -> tuple[int, float, bytes]:
        """Status, seconds, body as it comes."""
        began = time.perf_counter()
        headers = {**self._headers, "Accept-Encoding": encoding}
        self._connection.request("GET", address, headers=headers)
        answer = self._connection.getresponse()
        body = answer.read()
        return answer.status, time.perf_counter() - began, body


def measured(reader: Reader, address: str, turns: int) -> tuple[list[float], int] | None:
    """Milliseconds, and bytes of HTML; None for what is no page to look at."""
    first = reader.get(address)
    if first[0] != 200 or not first[2].lstrip().startswith(b"<!"):
        return None
    reader.get(address)
    found = [reader.get(address) for _turn in range(turns)]
    return [seconds * 1000 for _status, seconds, _body in found], len(first[2])


def loaded(reader: Reader, address: str) -> int:
    """Bytes on the way of the styles, scripts and fonts that a page names, or its styles do."""
    body = reader.get(address)[2].decode()
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', body))
    total = 0
    for file in sorted(files):
        text = reader.get(file)[2]
        total += len(reader.get(file, "gzip")[2])
        if file.endswith(".css"):
            for font in sorted(set(re.findall(rb"url\([\"']?([^)\"']+\.woff2)", text))):
                name = f"{file.rpartition('/')[0]}/{font.decode()}"
                total += len(reader.get(os.path.normpath(name))[2])
    return total


def paints(port: int, cookie: str) -> None:
    from playwright.sync_api import sync_playwright

    script = (
        "new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1)"
        ".startTime)).observe({type: 'largest-contentful-paint', buffered: true}))"
    )
    name, _equals, value = cookie.partition("=")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        context = browser.new_context(viewport={"width": 1200, "height": 900})
        where = f"http://localhost:{port}"
        context.add_cookies([{"name": name, "value": value, "url": where}])
        page: Any = context.new_page()
        for address in PAINTED:
            found = []
            for _turn in range(5):
                page.goto(where + address)
                page.wait_for_load_state("networkidle")
                found.append(float(page.evaluate(script)))
            print(f"{address:36} LCP {statistics.median(found):6.0f} ms (largest {max(found):.0f})")
        browser.close()


def report(address: str, times: Sequence[float], weight: int) -> None:
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    print(
        f"{address:36} p50 {statistics.median(times):7.1f} ms  p95 {cuts[18]:7.1f} ms "
        f"{weight / 1000:7.1f} kB",
        flush=True,
    )


def report_firsts(pages: Sequence[str], phrases: Mapping[str, str], turns: int) -> None:
    """Each page, then all of them together."""
    every: dict[str, list[Look]] = defaultdict(list)
    for address, name, looks in firsts(pages, signed_in, phrases, turns):
        print(f"{address:36} {told(name, looks)}", flush=True)
        every[name] += looks
    for name, looks in every.items():
        print(f"{'all pages':36} {told(name, looks)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=30)
    parser.add_argument("--paint", action="store_true")
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {"BILAT_DATA": scratch, "BILAT_SECRET_KEY": secrets.token_urlsafe(50)}
        from bilat_office.cli import prepare

        prepare(None, migrate=True)
        began = time.perf_counter()
        cookie, phrases = built(large(Path(scratch) / "large"))
        print(f"built in {time.perf_counter() - began:.0f} s, {os.cpu_count()} processors")
        with serving({**os.environ}, 1, 4, "bilat_office.web:application") as port:
            reader = Reader(port, cookie)
            every: list[float] = []
            pages: list[str] = []
            for address in addresses():
                found = measured(reader, address, asked.turns)
                if found is not None:
                    report(address, *found)
                    every += found[0]
                    pages.append(address)
            cuts = statistics.quantiles(every, n=20, method="inclusive")
            print(f"all pages: p50 {statistics.median(every):.1f} ms, p95 {cuts[18]:.1f} ms")
            print(f"styles, scripts, fonts: {loaded(reader, '/roadmap') / 1000:.0f} kB, once")
            if asked.paint:
                paints(port, cookie)
        if asked.first:
            report_firsts(pages, phrases, asked.first)
        print(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
