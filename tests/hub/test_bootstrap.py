"""Owns the proof that a clone comes up with one command, also after a kill, or says what helps."""

import ast
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.bootstrap import commands, environment, locks, ports, probes, suites, versions
from hub.bootstrap.console import ROOT

pytestmark = pytest.mark.pure


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.socket() as server:
        server.bind((ports.HOST, 0))
        server.listen()
        yield server.getsockname()[1]


def test_the_commands_import_nothing_but_the_standard_library() -> None:
    files = [ROOT / "hub/__init__.py", ROOT / "hub/__main__.py", *(ROOT / "hub/bootstrap").glob("*.py")]
    imported = {name.split(".")[0] for file in files for name in _imports(file)}

    assert imported <= {*sys.stdlib_module_names, "hub"}


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""


@pytest.mark.parametrize(
    "file", ["hub/__init__.py", "hub/__main__.py", "hub/bootstrap/__init__.py", "hub/bootstrap/versions.py"]
)
def test_an_old_python_can_read_as_far_as_the_advice(file: str) -> None:
    ast.parse((ROOT / file).read_text(encoding="utf-8"), feature_version=(3, 7))


def test_somebody_with_an_old_python_is_given_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions.platform, "python_version", lambda: "3.9.2")
    monkeypatch.setattr(versions.shutil, "which", lambda name: "/usr/bin/x" if name == "python3.12" else None)

    advice = versions.advice(["run", "--port", "8001"])

    assert "This is Python 3.9.2; the hub needs 3.11 or newer." in advice
    assert advice.strip().endswith("python3.12 -m hub run --port 8001")


def test_the_commands_run_from_a_bare_clone_without_anything_installed() -> None:
    said = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _ISOLATED], capture_output=True, text=True, cwd=ROOT
    )

    assert said.returncode == 0, said.stderr
    for name in ("run", "test", "check", "bench", "prove", "install", "lock", "lock-check"):
        assert name in said.stdout


_ISOLATED = (
    "import sys; sys.path.insert(0, '.'); sys.argv = ['hub', '--help']; from hub.__main__ import main; main()"
)


def test_every_command_is_a_target_of_make() -> None:
    targets = (ROOT / "Makefile").read_text(encoding="utf-8").split(".PHONY:")[1].split("\n")[0].split()

    assert set(targets) == set(commands.COMMANDS)


def test_a_taken_port_is_told_with_the_same_command_on_a_free_one(
    taken: int, capsys: pytest.CaptureFixture[str]
) -> None:
    code = commands.run(["run", "--port", str(taken)])

    said = capsys.readouterr().err
    assert code == 2
    assert f"Port {taken} is taken by another program" in said
    offered = int(said.strip().rsplit(" ", 1)[1])
    assert offered > taken and ports.is_free(offered)
    assert said.strip().splitlines()[-1].strip().endswith(f"-m hub run --port {offered}")


def test_words_that_a_command_does_not_know_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        commands.run(["run", "--prot", "8001"])

    assert "run does not know --prot 8001" in capsys.readouterr().err


def test_both_locks_pin_the_same_versions_with_hashes_and_name_no_server() -> None:
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in locks.EXTRAS}
    pins = {
        name: {line.split(" ")[0] for line in text.splitlines() if "==" in line}
        for name, text in texts.items()
    }

    assert pins[environment.RUN_LOCK] <= pins[environment.DEV_LOCK]
    for text in texts.values():
        assert text.count("==") <= text.count("--hash=sha256:")
        assert not any(word in text for word in ("http", "index-url", "find-links", "file:"))


def test_what_is_missing_is_named_with_the_command_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "initdb", lambda: None)
    monkeypatch.setattr(probes, "chromium", lambda: "")
    monkeypatch.delenv("TEST_POSTGRES_URL", raising=False)

    said = [str(each) for each in probes.missing()]

    assert "PostgreSQL: no server is installed; to run it: sudo apt install postgresql" in said
    assert "Browser journeys: chromium is not installed; to run it: sudo apt install chromium" in said


def test_the_newest_postgresql_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert probes._version(Path("/usr/lib/postgresql/9.6/bin/initdb")) < probes._version(
        Path("/usr/lib/postgresql/15/bin/initdb")
    )


def test_nothing_may_be_missing_in_continuous_integration(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = probes.Missing("PostgreSQL", "no server is installed", "sudo apt install postgresql")
    monkeypatch.setattr(suites, "missing", lambda: [absent])

    monkeypatch.delenv("HUB_SKIP_NOTHING", raising=False)
    assert suites._closing(0, []) == 0
    monkeypatch.setenv("HUB_SKIP_NOTHING", "1")
    assert suites._closing(0, []) == 1


@pytest.mark.parametrize(("options", "is_told"), [(["-k", "search"], True), ([*suites.PROVE, "-x"], False)])
def test_slow_proofs_are_named_as_not_run_only_where_they_were_not(
    capsys: pytest.CaptureFixture[str], options: list[str], is_told: bool
) -> None:
    suites._closing(0, options)

    assert ("make prove" in capsys.readouterr().out) == is_told
