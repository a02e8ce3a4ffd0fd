"""What the Nu HTML checker of the W3C says of every page, also of the ones that say no.

Needs Java and the checker's ``vnu.jar``: ``CONTRIBUTING.md`` says from where.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.office.pages import serving
from tests.office.pages.links import Form, Found
from tests.office.pages.serving import PAGES, ROOT, Served, read_in, sign_in

served, browser = serving.served, serving.browser
JAVA = shutil.which("java")
IN_NPM = "node_modules/vnu-jar/build/dist/vnu.jar"
PLACES = (
    ROOT / "build" / IN_NPM,
    Path("/usr/lib") / IN_NPM,
    Path("/usr/local/lib") / IN_NPM,
    Path("/usr/share/java/vnu.jar"),
)
"""Where npm puts it, and where a distribution might."""


def checker() -> Path | None:
    """The jar that BILAT_VNU names, or the first one found. A name of no file is refused."""
    if named := os.environ.get("BILAT_VNU"):
        assert Path(named).is_file(), f"BILAT_VNU={named}: there is no such file"
        return Path(named)
    return next((place for place in PLACES if place.is_file()), None)


pytestmark = [
    *serving.NEEDS,
    pytest.mark.slow,
    pytest.mark.skipif(JAVA is None, reason="no Java here"),
    pytest.mark.skipif(checker() is None, reason="no vnu.jar here: see CONTRIBUTING.md"),
]
ASIDE = ("/accounts/logout/", "/language", "/keys/close")
"""Forms that end the visit, or change what all the others are read in."""
NONSENSE = "2020-13-32 <&"


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_page_is_valid_html(served: Served, browser: Any, tmp_path: Path, lang: str) -> None:
    """Each page, and what comes back when its forms are sent with nothing or with nonsense."""
    context = browser.new_context(java_script_enabled=False)
    seen = signing_in(context.request, served)
    read_in(sign_in(context, served), lang)
    pages = {address: context.request.get(served.address + address) for address in PAGES}
    seen |= {address: answer.text() for address, answer in pages.items()}
    assert {address for address in PAGES if pages[address].status != 200} == {"/nothing"}
    refused = context.request.get(f"{served.address}/administration/people")
    assert refused.status == 403
    seen["a page that the role does not open"] = refused.text()
    for name, answer in sent(context.request, served, pages):
        seen[name] = answer
    assert len(seen) > len(PAGES) * 1.5
    said = said_of(seen, tmp_path)
    assert not said, "\n".join(said)


def signing_in(request: Any, served: Served) -> dict[str, str]:
    """The page that asks for it, and what it says to a wrong password."""
    door = request.get(served.address)
    form = next(each for each in Found(door.url, door.text()).forms if "password" in each.boxes)
    refused = _send(request, form, door.url, "nobody@example.org")
    assert "govuk-error" in refused.text()
    return {"signing in": door.text(), "signing in with a wrong password": refused.text()}


def sent(request: Any, served: Served, pages: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The answers to each form once, where they are pages."""
    known: set[tuple[str, str, tuple[str, ...]]] = set()
    for address, page in pages.items():
        for form in Found(page.url, page.text()).forms:
            key = (form.method, form.action, tuple(form.boxes))
            if key in known or form.action.removeprefix(served.address).startswith(ASIDE):
                continue
            known.add(key)
            for typed in ("", NONSENSE):
                got = _send(request, form, page.url, typed)
                if got.headers.get("content-type", "").startswith("text/html") and got.body():
                    assert got.status < 500, (address, form.action)
                    yield f"{address}: {typed!r} sent to {form.action} ({got.status})", got.text()


def _send(request: Any, form: Form, page: str, typed: str) -> Any:
    fields = {**dict.fromkeys(form.boxes, typed), **form.fields}
    if form.method == "get":
        return request.get(form.action, params=fields)
    return request.post(form.action, form=fields, headers={"referer": page}, max_redirects=0)


def said_of(pages: dict[str, str], folder: Path) -> list[str]:
    """What the checker holds to be wrong: of which page, and at which words."""
    names = {f"{number}.html": name for number, name in enumerate(pages)}
    for file, name in names.items():
        (folder / file).write_text(pages[name], encoding="utf-8")
    told = subprocess.run(
        [str(JAVA), "-jar", str(checker()), "--errors-only", "--format", "json", "--stdout",
         *(str(folder / file) for file in names)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return [
        f"{names[Path(item.get('url', '')).name]}: {item['message']} {item.get('extract', '')!r}"
        for item in json.loads(told.stdout)["messages"]
        if item["type"] != "info"
    ]


def test_the_checker_sees_what_is_wrong(tmp_path: Path) -> None:
    """Else the walk above proves nothing."""
    page = "<!doctype html><html lang='en'><head><title>A</title></head><body>{}</body></html>"
    well, badly = page.format("<p>All is well.</p>"), page.format("<p></ul>")
    (said,) = said_of({"a": well, "b": badly}, tmp_path)
    assert said.startswith("b: ")
