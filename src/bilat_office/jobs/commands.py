"""``bilat-office work`` and ``bilat-office serve``."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bilat.cli.words import translate as _
from bilat.language import Message, say

SERVED_BY = "BILAT_SERVED_BY"
"""Names the process of `serve` to its worker, which does not outlive it."""


def add_to(office: click.Group, prepare: Callable[..., None], tell: Callable[[Message], None],
           data_option: Callable[..., Any]) -> None:  # fmt: skip
    """Attach the commands to the office's."""

    @office.command(help=_("Run the jobs that are asked for, until stopped: reminders too."))
    @click.option("--once", is_flag=True, help=_("Run what waits now, then end."))
    @data_option
    def work(data: Path | None, once: bool) -> None:  # noqa: FBT001 (click)
        prepare(data)
        _work(once=once)

    @office.command(help=_("Serve the office on this machine: web server and worker together."))
    @click.option("--host", default="127.0.0.1", show_default=True, help=_("Address to listen at."))
    @click.option("--port", default=8000, show_default=True, help=_("Port to listen at."))
    @click.option(
        "--workers",
        type=click.IntRange(1, 64),
        default=2,
        show_default=True,
        help=_("Processes of the web server."),
    )
    @click.option("--no-work", is_flag=True, help=_("Without a worker: it runs elsewhere."))
    @data_option
    def serve(data: Path | None, host: str, port: int, workers: int, no_work: bool) -> int:  # noqa: FBT001 (click)
        prepare(data, migrate=True)
        from bilat_office.jobs.serving import Serving
        from bilat_office.jobs.serving import serve as run

        address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

        def told() -> None:
            tell(say("The office answers at {address}", address=f"http://{address}/"))
            if "BILAT_EMAIL" not in os.environ:
                tell(say("No mail server is set: letters are put into {folder}", folder=letters()))
            tell(say("Stop it with Ctrl-C: what is under way comes to its end first."))

        serving = Serving(address, workers=workers, with_worker=not no_work)
        given = {"BILAT_ADDRESS": f"http://{address}", **os.environ}
        return run(serving, environment={**given, SERVED_BY: str(os.getpid())}, told=told)


def letters() -> str:
    """The folder of letters that no server sends."""
    from django.conf import settings

    return str(settings.EMAIL_FILE_PATH)


def _work(*, once: bool) -> None:

    from bilat_office.jobs.rounds import rounds_ask
    from bilat_office.jobs.worker import work, work_once

    if once:
        rounds_ask(at=_now())
        while work_once(now=_now):
            pass
        return
    stop = threading.Event()
    parent = os.environ.get(SERVED_BY)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_given: stop.set())
    work(
        now=_now,
        wanted=lambda: not stop.is_set() and parent in (None, str(os.getppid())),
        wait=stop.wait,
    )


def _now() -> datetime:
    return datetime.now(UTC)
