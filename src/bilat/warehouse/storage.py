"""Where a warehouse's files lie: in a folder on a disk, or in a bucket of object storage (S3).

Credentials and the service come from the environment, by the names that all tools of S3 use:
AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, and AWS_ENDPOINT_URL for another service than
Amazon's. The service must know conditional writes (``If-None-Match``), by which Delta commits.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote, urlparse

from pyarrow import fs

from bilat.sources.report import REPORTS
from bilat.warehouse.trouble import AddressRefused

if TYPE_CHECKING:
    from pyarrow.dataset import FileSystemDataset, ParquetFileFormat

LOG, DATA = "_delta_log", "data"
SCHEME = "s3://"
_PATIENCE = {"timeout": "30s", "connect_timeout": "10s", "max_retries": "4"}
"""Of Delta with the service: without it, a silent one is waited for three minutes."""


class Storage(Protocol):
    """Paths are those of the log of Delta: relative to the warehouse, with ``/``.

    target, options: as `deltalake` wants them.
    """

    target: str
    options: dict[str, str]

    def has_log(self) -> bool: ...

    def is_begun(self) -> bool:
        """There is something of a warehouse, be it damaged."""

    def prepare(self) -> None:
        """Make the place where a new warehouse begins."""

    def url(self, path: str) -> str:
        """As engines open it."""

    def opened(self, path: str) -> Any:
        """The file for reading; raises FileNotFoundError."""

    def data_files(self, load: str = "") -> list[str]:
        """All files beneath ``data``, or those of one load, sorted."""


def storage_of(address: str) -> Disk | Bucket:
    """By the address: a folder, ``file:///…`` or ``s3://…``. Raises AddressRefused for others."""
    if "://" not in address:
        return Disk(Path(address))
    parts = urlparse(address)
    if parts.scheme == "s3" and parts.netloc and parts.path.strip("/"):
        return Bucket(address)
    if parts.scheme != "file" or parts.netloc:
        raise AddressRefused(address)
    return Disk(Path(unquote(parts.path)))


class Disk:
    """A folder on a disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.target = str(folder)
        self.options: dict[str, str] = {}

    def has_log(self) -> bool:
        return (self.folder / LOG).is_dir()

    def is_begun(self) -> bool:
        return any((self.folder / LOG).glob("*.json")) or (self.folder / DATA).exists()

    def prepare(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)

    def url(self, path: str) -> str:
        return f"{self.target.rstrip('/')}/{path}"

    def opened(self, path: str) -> Any:
        return (self.folder / path).open("rb")

    def data_files(self, load: str = "") -> list[str]:
        found = sorted((self.folder / DATA / load).rglob("*"))
        return [path.relative_to(self.folder).as_posix() for path in found if path.is_file()]


class Bucket:
    """A prefix in a bucket."""

    def __init__(self, address: str) -> None:
        self.target = address.rstrip("/")
        self.root = self.target.removeprefix(SCHEME)
        self._seen = False
        plain = (_endpoint() or "").startswith("http://")
        self.options = {**_PATIENCE, **({"aws_allow_http": "true"} if plain else {})}

    def has_log(self) -> bool:
        self._seen = self._seen or bool(self._files(LOG))  # once there, it does not go
        return self._seen

    def is_begun(self) -> bool:
        return self.has_log() or bool(self._files(DATA))

    def prepare(self) -> None:
        """Nothing: object storage has no folders."""

    def url(self, path: str) -> str:
        return f"{self.target}/{path}"

    def opened(self, path: str) -> Any:
        return bucket_files().open_input_file(f"{self.root}/{path}")

    def data_files(self, load: str = "") -> list[str]:
        found = self._files(f"{DATA}/{load}".rstrip("/"))
        return sorted(path.removeprefix(f"{self.root}/") for path in found)

    def send(self, file: Path, path: str) -> None:
        with bucket_files().open_output_stream(f"{self.root}/{path}") as out:
            out.write(file.read_bytes())

    def remove(self, path: str) -> None:
        bucket_files().delete_file(f"{self.root}/{path}")

    def _files(self, beneath: str) -> list[str]:
        where = fs.FileSelector(f"{self.root}/{beneath}", recursive=True, allow_not_found=True)
        found = bucket_files().get_file_info(where)
        return [info.path for info in found if info.type == fs.FileType.File]


@cache
def bucket_files() -> fs.S3FileSystem:
    """The service that the environment names."""
    parts = urlparse(_endpoint() or "")
    given = {
        "endpoint_override": parts.netloc,
        "scheme": parts.scheme,
        "region": os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION"),
    }
    return fs.S3FileSystem(**{name: value for name, value in given.items() if value})


def _endpoint() -> str | None:
    return os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")


def stored(urls: Sequence[str]) -> FileSystemDataset:
    """Files of a bucket as one table that DuckDB scans; what is known of each file is kept."""
    from pyarrow.dataset import FileSystemDataset

    fragments = [_fragment(url) for url in urls]
    return FileSystemDataset(fragments, REPORTS, _parquet(), bucket_files())


@cache
def _parquet() -> ParquetFileFormat:
    # Loaded for buckets alone: it brings pandas along, which takes longer than a small question.
    from pyarrow.dataset import ParquetFileFormat

    return ParquetFileFormat()


@lru_cache(maxsize=10_000)
def _fragment(url: str) -> Any:
    # A file never changes under its name, so its footer is read once.
    return _parquet().make_fragment(url.removeprefix(SCHEME), bucket_files())
