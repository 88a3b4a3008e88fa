"""Owns the command that does what happens by itself."""

import logging
import os
import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, close_old_connections
from django.utils import timezone

from hub.worker import run_due, wait_until_due

logger = logging.getLogger("hub.worker")

SECONDS_AFTER_A_FAULT = 5.0


class Command(BaseCommand):
    """Runs every job when it is due, until SIGTERM or SIGINT; the job in hand is ended first."""

    help = "Sends mails, publishes what is timed, keeps the index up to date and erases what is too old."
    requires_system_checks = ()  # a check that warns must not keep mails waiting

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--until-eof", action="store_true", help="end when standard input ends: with whoever started this"
        )
        parser.add_argument("--once", action="store_true", help="run what is due now, then end (for cron)")

    def handle(self, *args: Any, once: bool, until_eof: bool, **options: Any) -> None:
        """:raises CommandError: with `--once`, if a job failed."""
        if once:
            failed = [ran.job.name for ran in run_due(timezone.now()) if ran.error]
            if failed:
                raise CommandError(f"Failed: {', '.join(failed)}. The log says where.")
            return
        self.stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        if until_eof:
            threading.Thread(target=self._end_at_eof, daemon=True).start()
        logger.info("worker started")
        while not self.stop.is_set():
            self.stop.wait(self._turn())
        logger.info("worker ended")

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.stop.set()

    def _end_at_eof(self) -> None:
        # Not sys.stdin, whose lock a thread that still reads would hold while the process ends.
        while os.read(0, 1024):
            pass
        self.stop.set()

    def _turn(self) -> float:
        """Runs what is due; the seconds to wait before the next turn."""
        try:
            close_old_connections()
            run_due(timezone.now())
            return max(wait_until_due(timezone.now()).total_seconds(), 0.1)
        except Error as error:
            # A database that restarts comes back; the worker need not.
            logger.error("no database", extra={"error": type(error).__name__})
            return SECONDS_AFTER_A_FAULT
