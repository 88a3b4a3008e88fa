"""Owns how a cell is checked: somebody asks an address about a thing, and what came of it is judged."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.access.addresses import SAMPLES, all_addresses
from tests.access.changes import Changes
from tests.access.issue_table import may
from tests.access.roles import Asker
from tests.access.rule import Anywhere, Level, Rule
from tests.access.things import Secret, Thing, World, words_of

TURNED_AWAY = {401, 403, 404, 405, 410}
DOORS = ("/en/account/log-in/", "/admin/login/", "/login/", "/accounts/login/", "/en/_util/login/")
LOG = "hub.refused"
# They say so on purpose: there is no worker here, and one page is made to try out the page for errors.
BROKEN = {"readyz", "wagtailadmin_error_test"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What is counted: an address, a role, and whose thing in which state."""

    address: str
    role: str
    owner: str
    state: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One request, or two: looking, and sending. It answers the cells of all things that it tells of."""

    rule: Rule
    asker: Asker
    thing: Thing | None

    def __str__(self) -> str:
        return f"{self.rule.address} as {self.asker.role}: {self.thing or 'no thing'}"

    def cells(self, world: World) -> Iterator[Cell]:
        """The cells that this visit fills."""
        told_of = [self.thing] if self.thing else list(world.of(*self.rule.lists))
        if not told_of:
            yield Cell(self.rule.address, self.asker.role, "-", "-")
        for thing in told_of:
            yield Cell(self.rule.address, self.asker.role, thing.owner, f"{thing.kind} {thing.state}")


@dataclass(slots=True)
class Answer:
    """What came back."""

    status: int
    location: str
    text: str
    changed: frozenset[str]
    logged: bool
    asked: str

    @property
    def is_refusal(self) -> bool:
        """Turned away, by whichever means the address has; Wagtail sends people to the dashboard."""
        is_sent_off = self.status == 302 and (
            self.location.startswith(DOORS) or self.location.split("?")[0] in ("/admin/", "/", "/en/")
        )
        return self.status in TURNED_AWAY or is_sent_off


def visits(rules: tuple[Rule, ...], scene_askers: Mapping[str, Asker], world: World) -> Iterator[Visit]:
    """Every visit that there is to make."""
    for rule in rules:
        things: list[Thing | None] = [each for each in world.things if rule.is_about(each)] or [None]
        for thing in things:
            for asker in scene_askers.values():
                yield Visit(rule, asker, thing)


def problems_of(visit: Visit, world: World) -> list[str]:
    """What is wrong with the walls at this place; nothing if they stand."""
    found: list[str] = []
    if visit.rule.looks:
        answer = _ask(visit, "get")
        found += _read_more_than_allowed(visit, world, answer)
        found += _judged(visit, world, answer, is_allowed=_allows(visit), is_sent=False)
    if visit.rule.sends is not None:
        answer = _ask(visit, "post")
        found += _read_more_than_allowed(visit, world, answer)
        found += _judged(visit, world, answer, is_allowed=_allows(visit, to_send=True), is_sent=True)
    return [f"{visit}: {problem}" for problem in found]


def _allows(visit: Visit, *, to_send: bool = False) -> bool:
    needs = visit.rule.needs_to_send if to_send and visit.rule.needs_to_send else visit.rule.needs
    if needs is Level.SIGNED_IN:
        return visit.asker.is_logged_in
    return visit.rule.allows(visit.asker.standing, visit.thing, to_send=to_send)


def _read_more_than_allowed(visit: Visit, world: World, answer: Answer) -> Iterator[str]:
    if answer.status >= 500 and visit.rule.address not in BROKEN:
        yield f"broke with {answer.status}"
    for word, secret in world.told(answer.text).items():
        # A page that says what is not there repeats what was asked for.
        is_echo = answer.status == 404 and word in answer.asked.lower()
        if not is_echo and not secret.is_for(visit.asker.standing):
            yield f"{answer.status} told {word}, {secret.place} of {secret.thing}"


def _judged(visit: Visit, world: World, answer: Answer, *, is_allowed: bool, is_sent: bool) -> Iterator[str]:
    if is_allowed:
        yield from _let_in(visit, world, answer, is_sent=is_sent)
        return
    if visit.rule.refuses and not answer.is_refusal and visit.rule.keeps is None:
        yield f"forbidden, and answered {answer.status} {answer.location}"
    if answer.changed:
        yield f"forbidden, and changed {', '.join(sorted(answer.changed))}"
    names_it = bool(ADDRESSES[visit.rule.address].names) or visit.rule.by_query
    is_addressed = visit.thing is not None and names_it and visit.rule.refuses and visit.rule.keeps is None
    if is_addressed and visit.asker.is_logged_in and answer.is_refusal and not answer.logged:
        yield "refused, and nothing is in the log"


def _let_in(visit: Visit, world: World, answer: Answer, *, is_sent: bool) -> Iterator[str]:
    if visit.rule.needs == Level.ANYBODY or not visit.rule.opens:
        return
    # Where nothing was asked about, nothing may be found.
    is_empty = answer.status in (404, 405) and visit.thing is None and not visit.rule.shows
    if answer.is_refusal and not is_sent and not is_empty:
        yield f"allowed, and was refused: {answer.status} {answer.location}"
        return
    if is_sent:
        works = visit.thing is not None and visit.thing.state in visit.rule.works_in
        if works and not answer.changed:
            yield f"allowed, and changed nothing: {answer.status} {answer.location}"
        if not visit.rule.lists:
            return
    yield from _shown(visit, world, world.told(answer.text))


def _shown(visit: Visit, world: World, told: Mapping[str, Secret]) -> Iterator[str]:
    if not visit.rule.shows:
        return
    if visit.thing is not None and visit.thing.words and not words_of(told, visit.thing):
        yield "allowed, and told nothing of it"
    for kind in visit.rule.lists:
        for owner in ["anybody"] if visit.rule.in_pages else {each.owner for each in world.of(kind)}:
            mine = [each for each in world.of(kind) if owner in ("anybody", each.owner)]
            if _lists_these(visit, mine, world) and not any(secret.thing in mine for secret in told.values()):
                yield f"allowed, and lists no {kind} of {owner}"


def _lists_these(visit: Visit, things: list[Thing], world: World) -> bool:
    """Whether the role may read in a list of these. One that is for a right lists what the right reaches."""
    needs, standing = visit.rule.needs, visit.asker.standing
    if isinstance(needs, Anywhere):
        return any(may(standing, needs.verb, thing.about) for thing in things)
    told = (world.secrets[word] for thing in things for word in thing.words.values())
    return any(secret.verb is not None and secret.is_for(standing) for secret in told)


def path_of(rule: Rule, thing: Thing | None) -> tuple[str, dict[str, str]]:
    """The address with the thing in it, and its query."""
    parts = {**(thing.parts if thing else {}), **rule.parts}
    query = dict(rule.query) | ({"id": str(parts["pk"])} if rule.by_query else {})
    if rule.address == "wagtail_serve" and thing is not None:
        return thing.row.get_url() or "/", query
    if rule.address == "wagtaildocs_serve" and thing is not None:
        return thing.row.url, query
    known = ADDRESSES[rule.address]
    if not known.names:
        return known.path, query
    try:
        kwargs = {name: parts.get(name, SAMPLES.get(name, "1")) for name in known.names}
        return reverse(rule.address, kwargs=kwargs), query
    except NoReverseMatch:
        return known.path, query


def _ask(visit: Visit, method: str) -> Answer:
    path, query = path_of(visit.rule, visit.thing)
    with transaction.atomic(), _refusals() as logged:
        keeps = visit.rule.keeps or (lambda thing: None)
        before = keeps(visit.thing) if visit.thing else None
        with Changes() as changes:
            response = _response(visit, method, path, query)
            text = _text(response)
            after = keeps(visit.thing) if visit.thing else None
        changed = changes.tables
        if visit.rule.keeps and not _allows(visit, to_send=True):
            changed = frozenset() if after == before else changed
        transaction.set_rollback(True)
    location = response.headers.get("Location", "")
    return Answer(response.status_code, location, text, changed, bool(logged), path)


def _response(visit: Visit, method: str, path: str, query: dict[str, str]) -> Any:
    browser: Client = visit.asker.fresh()
    if method == "get":
        return browser.get(path, query)
    body = visit.rule.sends(visit.thing) if visit.rule.sends else {}
    return browser.post(path, dict(body), query_params=query)


def _text(response: Any) -> str:
    whole = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{whole.decode('utf-8', 'replace')} {dict(response.headers)}"


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _refusals() -> Iterator[list[logging.LogRecord]]:
    handler, logger = _Kept(), logging.getLogger(LOG)
    logger.addHandler(handler)
    # Nowhere else: ten thousand lines would bury what the test has found.
    logger.propagate = False
    try:
        yield handler.records
    finally:
        logger.propagate = True
        logger.removeHandler(handler)


ADDRESSES = {each.name: each for each in all_addresses()}
