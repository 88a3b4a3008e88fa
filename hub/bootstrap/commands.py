"""Owns the list of commands of a clone and what each does, step by step."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from . import checks, locks, suites
from .companions import start_worker
from .console import ROOT, CannotGoOn, call, say, with_environment
from .environment import DEV_LOCK, RUN_LOCK, ensure
from .ports import HOST, require_free

PORT = 8000
Options = argparse.Namespace


def run(arguments: Sequence[str]) -> int:
    """Runs one command; what a command does not know itself goes on to the program it starts."""
    parser = _parser()
    options, rest = parser.parse_known_args(arguments)
    options.rest = rest
    if rest and options.command in ("run", "install", "check", "lock-check"):
        parser.error(f"{options.command} does not know {' '.join(rest)}")
    signal.signal(signal.SIGTERM, _end)
    try:
        return COMMANDS[options.command](options)
    except CannotGoOn as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _end(number: int, frame: object) -> NoReturn:
    """Leaves through every `finally`, so that no server stays behind."""
    sys.exit(128 + number)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 -m hub", description="The commands of a clone of the member hub."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, command in COMMANDS.items():
        sub = commands.add_parser(name, help=command.__doc__, description=command.__doc__)
        if command is serve:
            sub.add_argument("--port", type=int, default=PORT, help=f"where to listen; {PORT} if not given")
            sub.add_argument("--reload", action="store_true", help="start again whenever the code changes")
    return parser


def serve(options: Options) -> int:
    """make everything ready (once) and start the site with its demo"""
    require_free(options.port, "run")
    python = ensure(RUN_LOCK)
    address = f"http://{HOST}:{options.port}"
    env = {
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "hub.site.settings.dev"),
        "BASE_URL": address,
    }
    if code := call([python, "-m", "hub.site.prepare"], env=env):
        return code
    say(f"\nThe hub is at {address}/ (Ctrl-C stops it)\n")
    lifeline = start_worker(python, env)
    reload = [] if options.reload else ["--noreload"]
    server: list[str | Path] = [
        python,
        "manage.py",
        "runserver",
        "--skip-checks",
        *reload,
        f"{HOST}:{options.port}",
    ]
    if os.name == "nt":
        try:
            return call(server, env=env)
        finally:
            os.close(lifeline)
    # The server takes this process over, so that a signal sent to it arrives; and the worker's lifeline.
    os.chdir(ROOT)
    os.execve(python, [str(part) for part in server], with_environment(env))


def test(options: Options) -> int:
    """run the tests, on PostgreSQL too where one can be started; more words go to pytest"""
    return suites.test(ensure(DEV_LOCK), options.rest)


def prove(options: Options) -> int:
    """run the slow proofs: faults, load, further stores; more words go to pytest"""
    return suites.test(ensure(DEV_LOCK), [*suites.PROVE, *options.rest])


def check(options: Options) -> int:
    """run the fast half: lint, format, types, contracts, migrations, pure tests"""
    return checks.check(ensure(DEV_LOCK))


def bench(options: Options) -> int:
    """measure the search; more words go to benchmarks/run.py"""
    return suites.bench(ensure(DEV_LOCK), options.rest)


def install(options: Options) -> int:
    """make the environment .venv with everything a developer needs, and nothing else"""
    say(f"Ready: {ensure(DEV_LOCK).parent}")
    return 0


def lock(options: Options) -> int:
    """write the lock files; --upgrade takes newer versions"""
    ensure(DEV_LOCK)
    return locks.lock(options.rest)


def lock_check(options: Options) -> int:
    """check that the lock files fit pyproject.toml and install on Linux, Windows and macOS"""
    ensure(DEV_LOCK)
    return locks.check()


COMMANDS: dict[str, Callable[[Options], int]] = {
    "run": serve,
    "test": test,
    "check": check,
    "bench": bench,
    "prove": prove,
    "install": install,
    "lock": lock,
    "lock-check": lock_check,
}
