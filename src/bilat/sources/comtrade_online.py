"""UN Comtrade over the network: one reply a file, with retries, quota and resuming.

The published client prints its errors and returns nothing, so that a gap looks like no trade. Here
each request ends as a file that holds the reply, or as a problem that says why not. Files that are
there already are not asked for again: a fetch that stopped goes on where it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from bilat.errors import BilatError, Place, Problem
from bilat.filing import Draft, file_all
from bilat.language import say
from bilat.sources.partners import m49
from bilat.vocabulary import is_country

ADDRESS = "https://comtradeapi.un.org"
KEY_NAME = "COMTRADE_KEY"
"""The environment variable that holds a subscription key."""
MOST_WITH_KEY, MOST_WITHOUT = 100_000, 500
"""Records of one reply; a reply of exactly so many may have been cut."""
TRIES = 6
LONGEST_WAIT = 120.0
"""Seconds between two tries, at most."""
TIMEOUT = 120.0

# Where Comtrade counts by customs territory, it has numbers of its own instead of M49's.
_OWN_CODES = {"CHE": 757, "FRA": 251, "IND": 699, "ITA": 381, "NOR": 579, "USA": 842}

Wait = Callable[[float], None]
Progress = Callable[[str], None]


def comtrade_code(country: str) -> int | None:
    """Comtrade's number of a country (alpha-3); None for a code that is none."""
    if country in _OWN_CODES or not is_country(country):
        return _OWN_CODES.get(country)
    numbers = (int(code) for code, area in m49().items() if area.code == country)
    return min(numbers, default=None)


class QuotaSpent(BilatError):
    """The key's calls of the day are used up; the same command goes on tomorrow."""


class KeyRefused(BilatError):
    """The service does not know the key."""


@dataclass(frozen=True)
class Query:
    """One request: a reporter's year or month, both flows, all partners or some.

    reporter, partners: Comtrade's numeric codes. period: ``2023`` or ``202307``. products:
    ``TOTAL``, ``AG2``, ``AG4``, ``AG6`` or codes. flows: letters with commas.
    """

    reporter: int
    period: str
    products: str = "TOTAL"
    flows: str = "X,M"
    partners: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The file of the reply."""
        partners = "-".join(str(code) for code in self.partners) or "all"
        flows = self.flows.replace(",", "")
        return f"{self.reporter}-{self.period}-{flows}-{self.products}-{partners}.json"

    def address(self, base: str, key: str | None, most: int) -> str:
        frequency = "M" if len(self.period) == 6 else "A"
        door = "data/v1/get" if key else "public/v1/preview"
        words = {
            "reportercode": self.reporter,
            "period": self.period,
            "cmdCode": self.products,
            "flowCode": self.flows,
            "partnerCode": ",".join(map(str, self.partners)) or None,
            "partner2Code": 0,
            "customsCode": "C00",
            "motCode": 0,
            "maxRecords": most,
            "format": "JSON",
            "includeDesc": "false",
        }
        given = urlencode({name: value for name, value in words.items() if value is not None})
        return f"{base}/{door}/C/{frequency}/HS?{given}"


@dataclass(frozen=True)
class Fetched:
    """The files that hold every reply, old and new, and the requests that gave none."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]
    asked: int
    """How many requests went out this time."""


@dataclass
class Comtrade:
    """The service. ``wait`` is handed in, so that a test need not wait; so is the address."""

    wait: Wait
    key: str | None = field(default=None, repr=False)
    base: str = ADDRESS
    asked: int = 0

    @property
    def most(self) -> int:
        return MOST_WITH_KEY if self.key else MOST_WITHOUT

    def fetch(
        self, queries: Sequence[Query], folder: Path, *, progress: Progress = lambda _name: None
    ) -> Fetched:
        """Every query that has no file yet. Raises QuotaSpent or KeyRefused; what came is kept.

        A reply that may have been cut is asked again flow by flow; if it is still as long as a
        reply can be, it is kept and comes back as a problem.
        """
        before = self.asked
        found: list[Path] = []
        problems: list[Problem] = []
        for query in queries:
            progress(query.name)
            for path, trouble in self._one(query, folder):
                found.append(path)
                problems += trouble
        return Fetched(tuple(found), tuple(problems), self.asked - before)

    def _one(self, query: Query, folder: Path) -> Iterator[tuple[Path, list[Problem]]]:
        path = folder / query.name
        if path.exists():
            yield path, []
            return
        flows = query.flows.split(",")
        if all((folder / replace(query, flows=flow).name).exists() for flow in flows):
            yield from ((folder / replace(query, flows=flow).name, []) for flow in flows)
            return
        reply = self._ask(query)
        records = reply.get("data") or []
        if len(records) >= self.most and len(flows) > 1:
            for flow in flows:
                yield from self._one(replace(query, flows=flow), folder)
            return
        file_all([Draft(path, json.dumps(reply, ensure_ascii=False).encode())])
        yield path, list(_doubts(path, records, self.most))

    def _ask(self, query: Query) -> dict[str, Any]:
        """The reply, after as many tries as it takes and is allowed."""
        reason = ""
        for number in range(TRIES):
            if self.asked:
                self.wait(1.0)  # the service allows one call a second
            self.asked += 1
            try:
                return self._reply(query)
            except _TryAgain as again:
                if number + 1 < TRIES:
                    self.wait(min(again.seconds or 2.0**number, LONGEST_WAIT))
                reason = again.reason
        raise BilatError(
            say(
                "Comtrade gave no answer to {query} in {n} tries ({reason}). "
                "Run the same command again later: what came is kept",
                query=query.name,
                n=TRIES,
                reason=reason,
            )
        )

    def _reply(self, query: Query) -> dict[str, Any]:
        request = Request(query.address(self.base, self.key, self.most))  # noqa: S310 (our address)
        if self.key:  # as a header: an address may end in a log
            request.add_header("Ocp-Apim-Subscription-Key", self.key)
        try:
            with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 (see above)
                reply: Any = json.loads(answer.read())
        except HTTPError as error:
            raise _refusal(error, query) from None
        except (URLError, TimeoutError, HTTPException, ConnectionError, ValueError) as error:
            raise _TryAgain(str(error)) from None
        if not isinstance(reply, dict) or reply.get("error"):
            raise _TryAgain(str(reply)[:200])
        return reply


class _TryAgain(Exception):
    """The service is busy or stumbled; ``seconds`` is what it asks us to wait."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.seconds = seconds


def _refusal(error: HTTPError, query: Query) -> Exception:
    text = error.read().decode("utf-8", "replace")[:500]
    if error.code == 403 and "quota" in text.lower():
        renewed = re.search(r"replenished in ([\d:.]+)", text)
        return QuotaSpent(
            say(
                "Comtrade's quota of calls is spent at {query}; it is renewed in {time}. "
                "Run the same command again then: what came is kept",
                query=query.name,
                time=renewed[1].rstrip(".") if renewed else "24:00:00",
            )
        )
    if error.code in (401, 403):
        return KeyRefused(
            say(
                "Comtrade refuses the key in {name}. Check it at comtradedeveloper.un.org",
                name=KEY_NAME,
            )
        )
    if error.code == 429 or error.code >= 500:
        return _TryAgain(f"{error.code} {text}".strip(), _seconds(error, text))
    return BilatError(
        say(
            "Comtrade refuses {query}: {code} {text}. Correct the request",
            query=query.name,
            code=str(error.code),
            text=text,
        )
    )


def _seconds(error: HTTPError, text: str) -> float | None:
    """How long it asks us to wait: in a header, or in words."""
    stated = error.headers.get("Retry-After") or ""
    if stated.isdigit():
        return float(stated)
    spoken = re.search(r"in (\d+) second", text)
    return float(spoken[1]) if spoken else None


def _doubts(path: Path, records: list[Any], most: int) -> Iterator[Problem]:
    if not records:
        yield Problem(
            Place(path.name),
            say("Comtrade has no record for this request"),
            say("The reporter may not have reported this period: the partner's side remains"),
            "warning",
        )
    elif len(records) >= most:
        yield Problem(
            Place(path.name),
            say("the reply has {n} records, as many as a reply can have: it may be cut", n=most),
            say("Name partners, or ask for fewer products, or set {name}", name=KEY_NAME),
        )
