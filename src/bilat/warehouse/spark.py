"""Spark, where the questions outgrow one machine: any server that speaks Spark Connect.

That is a cluster of Apache Spark 4, or Sail, which needs no Java. The server opens the same files
under the same paths, so they lie on a disk that it shares, or in object storage.

EngineMissing          the client of Spark is not installed
EngineUnreachable      no server answers at this address
EngineFailed           the server could not answer, or sees not all of the files
"""

from __future__ import annotations

import re
import socket
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import pyarrow as pa

from bilat.errors import BilatError
from bilat.language import Message, say
from bilat.warehouse.engine import NO_ROWS, SQL_TYPES, over
from bilat.warehouse.queries import Parameters

_PORT = 15002
_SCHEMA = ", ".join(f"{name} {kind}" for name, kind in SQL_TYPES.items())


class EngineMissing(BilatError):
    """The extra ``spark`` is not installed."""

    def __init__(self, server: str) -> None:
        super().__init__(
            say(
                "{server}: Spark needs its client, pyspark. Install it: pip install 'bilat[spark]'",
                server=server,
            )
        )


class EngineUnreachable(BilatError):
    """Nobody answers at the address, or it is none."""

    def __init__(self, server: str, why: str) -> None:
        super().__init__(
            say(
                "{server}: no Spark Connect server answers ({why}). Start it, or check the "
                "address; it looks like sc://host:15002",
                server=server,
                why=why,
            )
        )


class EngineFailed(BilatError):
    """The server answered with an error."""

    def __init__(self, server: str, why: str | Message) -> None:
        super().__init__(
            say(
                "{server}: the engine could not answer ({why}). Check that it sees the files of "
                "the warehouse under the same paths, and verify the warehouse",
                server=server,
                why=why,
            )
        )


class SparkEngine:
    """The engine behind a Spark Connect address such as ``sc://host:15002``.

    Making one connects to nothing. patience: seconds to wait for the server to take the call.
    Raises EngineUnreachable for what is no such address; questions raise EngineMissing,
    EngineUnreachable or EngineFailed.
    """

    def __init__(self, server: str, *, patience: float = 10.0) -> None:
        parts = urlsplit(server)
        if parts.scheme != "sc" or not parts.hostname:
            raise EngineUnreachable(server, "not an address of Spark Connect")
        self._address = server
        self._host, self._port = parts.hostname, _port(server, parts)
        self._patience = patience
        # What follows the port may be a token: it is nothing to be shown.
        self.server = f"sc://{parts.hostname}:{self._port}"

    def __repr__(self) -> str:
        return f"SparkEngine({self.server!r})"

    def ask(
        self, query: str, files: Sequence[str], parameters: Parameters, *, new: Sequence[str] = ()
    ) -> pa.Table:
        with self._told():
            return _plain(self._frame(query, files, parameters, new).toArrow())

    def stream(
        self, query: str, files: Sequence[str], parameters: Parameters, *, new: Sequence[str] = ()
    ) -> pa.RecordBatchReader:
        with self._told():
            frame = self._frame(query, files, parameters, new)
            schema = _plain(frame.limit(0).toArrow()).schema
        return pa.RecordBatchReader.from_batches(schema, self._batches(frame, schema))

    def close(self) -> None:
        """End the session on the server; the next question begins another."""
        session = self.__dict__.pop("_session", None)
        if session is not None:
            with self._told():
                session.stop()

    @cached_property
    def _session(self) -> Any:
        with warnings.catch_warnings():
            # That Spark has not learned pandas 3: nothing passes through pandas here.
            warnings.simplefilter("ignore", FutureWarning)
            try:
                from pyspark.sql import SparkSession
                from pyspark.sql.connect.client.retries import DefaultPolicy
            except ImportError as error:
                raise EngineMissing(self.server) from error
            session = SparkSession.builder.remote(self._address).create()
        # Some five seconds. By default ten minutes, also at the end of the program, when the
        # session is to be closed on a server that has gone.
        policy = DefaultPolicy(max_retries=5, max_backoff=2_000)
        session.client.set_retry_policies([policy])
        return session

    def _frame(
        self, query: str, files: Sequence[str], parameters: Parameters, new: Sequence[str]
    ) -> Any:
        frames = {
            name: self._relation(paths) for name, paths in (("files", files), ("new", new)) if paths
        }
        relations = {"reports": "SELECT * FROM {files}" if files else NO_ROWS}
        if new:
            relations["new"] = "SELECT * FROM {new}"
        text = re.sub(r"\$(\w+)", r":\1", over(query, relations))
        return self._session.sql(text, args=dict(parameters), **frames)

    def _relation(self, files: Sequence[str]) -> Any:
        frame = self._session.read.schema(_SCHEMA).parquet(*map(_location, files))
        seen = len(frame.inputFiles())
        if seen != len(files):  # Sail passes over a file that is not there
            raise EngineFailed(
                self.server,
                say(
                    "it sees {seen} of {wanted} files, one of which is {file}",
                    seen=seen,
                    wanted=len(files),
                    file=files[0],
                ),
            )
        return frame

    def _batches(self, frame: Any, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        # Spark gives Arrow piece by piece to itself only; its public iterator makes rows of it.
        client, plan = frame.sparkSession.client, frame._plan  # noqa: SLF001
        with self._told():
            for piece in client.to_table_as_iterator(plan.to_proto(client), {}):
                if isinstance(piece, pa.Table):
                    yield from piece.cast(schema).to_batches()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turns what Spark says into our own sentences; asks first whether anybody is there."""
        try:
            socket.create_connection((self._host, self._port), self._patience).close()
        except OSError as error:
            raise EngineUnreachable(self.server, error.strerror or str(error)) from error
        try:
            yield
        except Exception as error:
            if type(error).__module__.partition(".")[0] not in ("pyspark", "grpc"):
                raise
            why = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise EngineFailed(self.server, why[:300]) from error


def _port(server: str, parts: SplitResult) -> int:
    try:
        return parts.port or _PORT
    except ValueError as error:
        raise EngineUnreachable(server, str(error)) from error


def _location(path: str) -> str:
    """A path as an address, in which nothing is taken for a pattern of names."""
    if "://" in path:
        return path
    whole = str(Path(path).absolute())
    return "file://" + re.sub(r"[%*?{}\[\]\\#]", lambda found: f"%{ord(found[0]):02X}", whole)


def _plain(table: pa.Table) -> pa.Table:
    """As DuckDB gives it: whether a column could hold null is no part of its type."""
    return table.cast(pa.schema([(field.name, field.type) for field in table.schema]))
