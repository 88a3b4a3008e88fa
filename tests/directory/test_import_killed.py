"""Owns the proof that an import killed at any moment loses nothing and leaves nothing half done."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .builders import ROOT
from .importing import make_csv, make_row

pytestmark = [pytest.mark.prove, pytest.mark.pure]

FIRMS = 120
# A firm without its memory of the row, its revision or its place in the log would be half an import.
HALF_DONE = """
SELECT count(*) FROM directory_firm f
LEFT JOIN directory_importedrow r ON r.firm_id = f.id
WHERE r.id IS NULL OR f.live_revision_id IS NULL OR f.latest_revision_id != f.live_revision_id
   OR (SELECT count(*) FROM directory_firmsector s WHERE s.content_object_id = f.id) != 1
   OR (SELECT count(*) FROM wagtailcore_modellogentry l
       WHERE l.object_id = f.id AND l.action = 'wagtail.publish') != 1
"""
MAPPING = """
source.name = "chamber"
key.columns = ["id"]
[fields]
name = "firm"
region = "country"
town = "town"
[[tags]]
column = "tags"
[tags.means]
brewery = { sectors = ["food-drink"], capabilities = ["brewing"] }
"""


def test_an_import_killed_three_times_ends_as_if_it_had_never_been(tmp_path: Path) -> None:
    database = tmp_path / "hub.sqlite3"
    file, mapping = tmp_path / "firms.csv", tmp_path / "chamber.toml"
    rows = [make_row(id=str(number), firm=f"Firm {number}", town="Gent") for number in range(FIRMS)]
    file.write_bytes(make_csv(*rows))
    mapping.write_text(MAPPING, encoding="utf-8")
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "hub.site.settings.dev",
    }
    for command in (["migrate", "-v0"], ["setup_hub"]):
        run(command, environment)
    import_it = ["import_firms", str(file), "--mapping", str(mapping)]

    for kill_at in (3, 40, 77):
        kill(import_it, environment, database, kill_at)
        assert asked(database, HALF_DONE) == 0
        assert kill_at <= asked(database, "SELECT count(*) FROM directory_firm") < FIRMS

    done = asked(database, "SELECT count(*) FROM directory_firm")
    assert f"{FIRMS} rows: {FIRMS - done} new, 0 changed, {done} unchanged" in run(import_it, environment)
    assert asked(database, HALF_DONE) == 0
    assert asked(database, "SELECT count(*) FROM directory_firm WHERE live") == FIRMS
    assert asked(database, "SELECT count(*) FROM search_pendingchange") == 0
    assert f"{FIRMS} rows: 0 new, 0 changed, {FIRMS} unchanged" in run(import_it, environment)


def run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def kill(command: list[str], environment: dict[str, str], database: Path, at: int) -> None:
    """Starts the command and kills it as soon as the register holds so many firms."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while asked(database, "SELECT count(*) FROM directory_firm") < at:
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()


def asked(database: Path, question: str) -> int:
    connection = sqlite3.connect(database, timeout=20)
    try:
        return int(connection.execute(question).fetchone()[0])
    finally:
        connection.close()
