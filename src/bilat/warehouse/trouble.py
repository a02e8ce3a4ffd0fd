"""What can go wrong with a warehouse; each sentence says what, where, and what to do next.

BilatError
├── AddressRefused        an address that is neither a folder nor in S3
├── WarehouseMissing      no warehouse at this address
├── WarehouseDamaged      its log or a file of it cannot be read
├── WarehouseUnreachable  object storage does not answer, or not to us
├── WarehouseBusy         another load or compaction holds it
├── DiskFull              no room for the load; nothing of it was kept
├── WarehouseUnwritable   the system refuses to write there
├── ReportsRefused        a row that no warehouse can keep; nothing was loaded
└── VintageTaken          the same number of the same vintage is there already
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager

from bilat.errors import BilatError
from bilat.language import Message, say


class AddressRefused(BilatError):
    """Neither a folder nor an address in S3."""

    def __init__(self, address: str) -> None:
        super().__init__(
            say(
                "{address}: a warehouse is a folder on a disk or s3://BUCKET/PATH. "
                "Name one of these, or mount the place",
                address=address,
            )
        )


class WarehouseMissing(BilatError):
    """There is no warehouse at this address."""

    def __init__(self, address: str) -> None:
        super().__init__(
            say(
                "{address}: no warehouse here. Check the address, "
                "or start one by loading a file with: bilat load FILE --warehouse {address}",
                address=address,
            )
        )


class WarehouseDamaged(BilatError):
    """The log or a file of the warehouse cannot be read."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(
            say(
                "{address}: the warehouse cannot be read ({why}). Bring back the folder "
                "from a backup; files that were loaded can also be loaded into a new warehouse",
                address=address,
                why=why,
            )
        )


class WarehouseUnreachable(BilatError):
    """Object storage does not answer, or refuses us."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(
            say(
                "{address}: the storage cannot be reached ({why}). Check the address, the network, "
                "and AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL",
                address=address,
                why=why,
            )
        )


class Overtaken(Exception):
    """Somebody else committed first: look again at what is there, and try again."""


class WarehouseBusy(BilatError):
    """Somebody else holds the lock for longer than we wait."""

    def __init__(self, address: str, seconds: float) -> None:
        super().__init__(
            say(
                "{address}: another load or compaction was still at work after {seconds} seconds. "
                "Try again when it has ended; nothing of this one was kept",
                address=address,
                seconds=seconds,
            )
        )


class DiskFull(BilatError):
    """The disk has no room; what was loaded before is untouched."""

    def __init__(self, address: str) -> None:
        super().__init__(
            say(
                "{address}: the disk is full. Make room and try again; "
                "nothing of this attempt was kept, all earlier loads are whole",
                address=address,
            )
        )


class WarehouseUnwritable(BilatError):
    """The system refuses to write there, for a reason other than room."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(
            say(
                "{address}: cannot be written ({why}). Check your rights there, "
                "or choose another address",
                address=address,
                why=why,
            )
        )


class ReportsRefused(BilatError):
    """A table or a row that cannot be kept; nothing of the load was kept."""

    def __init__(self, what: Message, remedy: Message) -> None:
        super().__init__(say("{what}. {remedy}; nothing was loaded", what=what, remedy=remedy))


class VintageTaken(BilatError):
    """A number may have one value a vintage, or no question as of a day had one answer."""

    def __init__(self, *, key: str, vintage: object, place: str, there: str) -> None:
        super().__init__(
            say(
                "{place}: {key} has a value of vintage {vintage} already, from {there}. "
                "Load a revision under the day on which it was published; nothing was loaded",
                place=place,
                key=key,
                vintage=vintage,
                there=there,
            )
        )


@contextmanager
def told(address: str) -> Iterator[None]:
    """Turns what the system or Delta says while writing into our own sentences."""
    try:
        yield
    except OSError as error:
        _tell_unreachable(address, error)
        if error.errno in (errno.ENOSPC, errno.EDQUOT) or _no_room(error):
            raise DiskFull(address) from error
        raise WarehouseUnwritable(address, error.strerror or str(error)) from error
    except BilatError:
        raise
    except BaseException as error:
        if not is_from_delta(error):
            raise
        _tell_unreachable(address, error)
        if _no_room(error):
            raise DiskFull(address) from error
        raise WarehouseUnwritable(address, first_line(error)) from error


@contextmanager
def read_told(address: str) -> Iterator[None]:
    """Turns what Delta, Arrow and DuckDB say of unreadable files into WarehouseDamaged."""
    try:
        yield
    except BilatError:
        raise
    except (OSError, ValueError) as error:
        _tell_unreachable(address, error)
        raise WarehouseDamaged(address, first_line(error)) from error
    except BaseException as error:
        if not is_from_delta(error):
            raise
        _tell_unreachable(address, error)
        raise WarehouseDamaged(address, first_line(error)) from error


_COLOURS = re.compile("\x1b\\[[0-9;]*m")
_NO_ANSWER = (
    "credential",
    "access denied",
    "access_denied",
    "accessdenied",
    "forbidden",
    "error sending request",
    "connect",
    "timed out",
    "timeout",
    "no such bucket",
    "nosuchbucket",
    "bucket does not exist",
)


def _tell_unreachable(address: str, error: BaseException) -> None:
    """Raise WarehouseUnreachable if the error says that object storage gave no answer."""
    text = str(error).lower()
    if address.startswith("s3://") and any(words in text for words in _NO_ANSWER):
        lines = [line.strip(" ↳") for line in _COLOURS.sub("", str(error)).splitlines()]
        raise WarehouseUnreachable(address, ": ".join(filter(None, lines))[:300]) from error


def is_from_delta(error: BaseException) -> bool:
    """Also a panic of the Rust library, which is no ordinary Exception, and errors of DuckDB."""
    modules = {kind.__module__.partition(".")[0] for kind in type(error).__mro__}
    return bool(modules & {"_internal", "deltalake", "pyo3_runtime", "_duckdb", "duckdb"})


def first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]


def _no_room(error: BaseException) -> bool:
    text = str(error).lower()
    return "no space left" in text or "os error 28" in text or "quota exceeded" in text
