"""Owns the proof that no mail is lost and none is sent as two, whoever dies or works beside whom."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hub.bootstrap.console import ROOT
from hub.delivery import LEASE

from . import mail_tasks
from .mail_server import MailServer, mail_server
from .processes import Site
from .tasks import NOW
from .test_killed import often

MAILS = 4


@pytest.fixture
def server():  # type: ignore[no-untyped-def]
    """A mail server that takes everything."""
    with mail_server() as running:
        yield running


@often
def test_a_worker_killed_anywhere_loses_no_mail_and_repeats_one_under_its_own_name_only(
    site: Site, server: MailServer, kills: int
) -> None:
    site.do(mail_tasks.post, MAILS, NOW)
    life = site.statements(mail_tasks.deliver, server.port, NOW)
    for number in range(kills):
        server.received.clear()
        posted = site.do(mail_tasks.post, MAILS, NOW)
        # Spread over everything: before a claim, between claim and sending, between sending and settling.
        place = number * life // kills + 1 if kills > 1 else life // 2

        site.followed(mail_tasks.deliver, server.port, NOW).kill_at(place)
        site.do(mail_tasks.deliver, server.port, NOW + LEASE)

        assert set(server.received_ids()) == set(posted)
        assert len(server.received_ids()) <= len(posted) + 1
        assert {row["state"] for row in site.do(mail_tasks.rows)} == {"sent"}


def test_several_workers_share_the_mails_and_send_each_once(site: Site, server: MailServer) -> None:
    posted = site.do(mail_tasks.post, 24, NOW)
    workers = [site.begin(mail_tasks.deliver_at_a_word, server.port, NOW) for _each in range(4)]
    for each in workers:
        each.hear()
    for each in workers:
        each.tell("go")

    assert sum(each.answer() for each in workers) == len(posted)
    assert sorted(server.received_ids()) == sorted(posted)


def test_what_a_server_refuses_is_told_in_its_words(site: Site, server: MailServer) -> None:
    site.do(mail_tasks.post, 3, NOW)
    server.refusals = {
        "person0@firm.example": "550 5.1.1 no such person",
        "person1@firm.example": "451 later",
    }

    site.do(mail_tasks.deliver, server.port, NOW)

    states = [(row["state"], row["reason"]) for row in site.do(mail_tasks.rows)]
    assert states == [("failed", "550 5.1.1 no such person"), ("waiting", "451 later"), ("sent", "")]
    assert len(server.received) == 1


def test_a_job_is_run_by_one_of_several_workers(site: Site) -> None:
    first = site.begin(mail_tasks.run_jobs, "trial.job", NOW)
    first.hear()

    assert site.do(mail_tasks.run_jobs, "trial.job", NOW) == []
    first.tell("go")
    assert first.answer() == ["trial.job"]


def test_twenty_posts_of_one_form_at_once_are_one_message(site: Site) -> None:
    slug = site.do(mail_tasks.add_contact, "ada@private.example")
    form = {"name": "Zoe", "email": "zoe@v.example", "message": "We look for red ale.", "nonce": "one"}
    posts = [site.begin(mail_tasks.write, slug, form) for _each in range(20)]
    for post in posts:
        post.hear()
    for post in posts:
        post.tell("go")

    assert {post.answer() for post in posts} == {(302, f"/en/firms/{slug}/write/thanks/")}
    assert site.do(mail_tasks.written) == (1, ["ada@private.example", "zoe@v.example"])


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_the_worker_of_a_clone_ends_with_the_server_however_that_ends(
    tmp_path: Path, number: signal.Signals
) -> None:
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}"}
    server = subprocess.Popen([sys.executable, "-c", _SERVER], cwd=ROOT, env=env, stdout=-1, stderr=-2)
    assert server.stdout is not None
    while b"worker started" not in server.stdout.readline():
        assert server.poll() is None

    server.send_signal(number)

    # The worker writes to the same pipe, which ends when nobody does any more.
    said = server.communicate(timeout=60)[0]
    assert json.loads(said.splitlines()[-1])["message"] == "worker ended"


# As `serve` does: the worker beside, and then this process is the server; here one that only waits.
_SERVER = """
import os, sys
from pathlib import Path
from hub.bootstrap.companions import start_worker
start_worker(Path(sys.executable), {"DJANGO_SETTINGS_MODULE": "hub.site.settings.dev"})
os.execv(sys.executable, [sys.executable, "-c", "import threading; threading.Event().wait()"])
"""
