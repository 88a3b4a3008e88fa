"""Owns the proof that `.venv` is made once, mended after a kill, and filled with what the lock says."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.bootstrap import environment
from hub.bootstrap.console import CannotGoOn

# Real environments are made here, which takes seconds.
pytestmark = pytest.mark.package


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty clone whose lock file asks for nothing, so that filling it needs no network."""
    (tmp_path / environment.RUN_LOCK).write_text("# nothing\n")
    (tmp_path / environment.DEV_LOCK).write_text("# nothing, but more\n")
    venv = tmp_path / ".venv"
    places = {
        "ROOT": tmp_path,
        "VENV": venv,
        "PYTHON": venv / environment.PYTHON.relative_to(environment.VENV),
        "INSTALLED": venv / "hub-installed",
        "INSTALLING": venv / "hub-installing",
    }
    for name, place in places.items():
        monkeypatch.setattr(environment, name, place)
    return tmp_path


@pytest.fixture(scope="module")
def empty_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder `.venv` as it stands before anything is installed; made once and copied."""
    venv = tmp_path_factory.mktemp("environment") / ".venv"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(environment, "VENV", venv)
        environment._create()
    yield venv


@pytest.fixture
def made(clone: Path, empty_environment: Path) -> Path:
    """A clone in which `.venv` has been made."""
    shutil.copytree(empty_environment, clone / ".venv", symlinks=True)
    return clone


def test_a_python_without_venv_is_told_with_the_package_that_brings_it(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(environment.sys, "platform", "linux")

    with pytest.raises(CannotGoOn, match="comes without venv and ensurepip") as refused:
        environment.ensure(environment.RUN_LOCK)

    assert "sudo apt install python3." in str(refused.value)


def test_a_fresh_clone_gets_an_environment_and_a_stamp_and_the_second_time_nothing_is_done(
    clone: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    python = environment.ensure(environment.RUN_LOCK)
    first = capfd.readouterr().out
    environment.ensure(environment.RUN_LOCK)

    assert python.exists() and "Making .venv" in first and "Installing 0 packages" in first
    assert (clone / ".venv/hub-installed").read_text().split()[0] == environment.RUN_LOCK
    assert capfd.readouterr().out == ""


def test_a_lock_that_changed_is_installed_again_into_the_same_environment(
    made: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    environment.ensure(environment.RUN_LOCK)
    (made / environment.RUN_LOCK).write_text("# still nothing\n")
    capfd.readouterr()

    environment.ensure(environment.RUN_LOCK)

    said = capfd.readouterr().out
    assert "Installing" in said and "Making .venv" not in said


def test_an_installation_that_was_killed_is_begun_again_from_nothing(
    made: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    environment.ensure(environment.RUN_LOCK)
    (made / ".venv/hub-installed").unlink()
    (made / ".venv/hub-installing").touch()
    (made / ".venv/half").touch()
    capfd.readouterr()

    environment.ensure(environment.RUN_LOCK)

    assert "Making .venv" in capfd.readouterr().out
    assert not (made / ".venv/half").exists() and not (made / ".venv/hub-installing").exists()


def test_an_environment_that_was_killed_while_it_was_made_is_made_again(clone: Path) -> None:
    python = clone / ".venv" / environment.PYTHON.relative_to(environment.VENV)
    python.parent.mkdir(parents=True)
    python.write_text("half a file")

    assert environment.ensure(environment.RUN_LOCK) == python
    assert python.stat().st_size > len("half a file")


def test_a_package_that_cannot_be_had_leaves_nothing_that_has_to_be_undone(made: Path) -> None:
    (made / environment.RUN_LOCK).write_text(f"no-such-package==1.0 --hash=sha256:{'0' * 64}\n--no-index\n")

    with pytest.raises(CannotGoOn, match="safe to try again"):
        environment.ensure(environment.RUN_LOCK)
    (made / environment.RUN_LOCK).write_text("# mended\n")

    assert environment.ensure(environment.RUN_LOCK).exists()


def test_what_serves_to_develop_serves_to_run(made: Path, capfd: pytest.CaptureFixture[str]) -> None:
    environment.ensure(environment.DEV_LOCK)
    capfd.readouterr()

    environment.ensure(environment.RUN_LOCK)

    assert capfd.readouterr().out == ""
