"""Owns what a rule is: for whom an address is, which things it can name, and what it does to them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tests.access.issue_table import Standing, Verb, may, may_anywhere
from tests.access.things import Thing

Body = Callable[[Any], Mapping[str, Any]]


class Level(StrEnum):
    """For whom an address is, where no right on a thing is asked for."""

    ANYBODY = "anybody"
    SIGNED_IN = "whoever is logged in"
    STAFF = "whoever has a role"
    NOBODY = "nobody: it is switched off"


@dataclass(frozen=True, slots=True)
class Anywhere:
    """A screen that is for whoever has a right in anything at all; what it shows goes by the things' own."""

    verb: Verb
    # Pages, and what is about pages: of those a cluster lead has some, too.
    in_clusters: bool = False


Needs = Level | Verb | Anywhere


@dataclass(frozen=True, slots=True)
class Rule:
    """What the issue says about an address."""

    address: str
    needs: Needs
    # Kinds of things that the address names, by `Thing.parts`.
    names: tuple[str, ...] = ()
    # Kinds of things that it lists, to whoever may read them.
    lists: tuple[str, ...] = ()
    # Whether the list has several pages, so that not everybody's things are on the first.
    in_pages: bool = False
    # What is sent to it; None: it is only asked for. "" in `needs_to_send`: the same right as for looking.
    sends: Body | None = None
    needs_to_send: Needs | None = None
    # In which states sending does something, if it is allowed.
    works_in: frozenset[str] = frozenset()
    looks: bool = True
    # Whether its answer has a word of the thing in it, if it is allowed.
    shows: bool = True
    # Whether it opens at all for those who may; some have nothing to show here, or are switched off.
    opens: bool = True
    # Whether somebody without the right is turned away; some choosers answer with an empty list.
    refuses: bool = True
    # What must not change if sending is forbidden; None: nothing at all.
    keeps: Callable[[Thing], Any] | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    # Names the thing in the query, as bulk actions do; and parts of the address that are the same for all.
    by_query: bool = False
    parts: Mapping[str, str] = field(default_factory=dict)
    only_states: frozenset[str] = frozenset()
    only_owners: frozenset[str] = frozenset()

    def allows(self, standing: Standing, thing: Thing | None, *, to_send: bool = False) -> bool:
        """Whether the issue lets a role in."""
        needs = self.needs_to_send if to_send and self.needs_to_send is not None else self.needs
        return _allows(needs, standing, thing)

    def is_about(self, thing: Thing) -> bool:
        """Whether the address can name this thing."""
        is_of_these = not self.only_owners or thing.owner in self.only_owners
        is_like_these = not self.only_states or thing.state in self.only_states
        return thing.kind in self.names and is_of_these and is_like_these


def _allows(needs: Needs, standing: Standing, thing: Thing | None) -> bool:
    if isinstance(needs, Verb):
        return may(standing, needs, thing.about) if thing is not None else may_anywhere(standing, needs)
    if isinstance(needs, Anywhere):
        return may_anywhere(standing, needs.verb, in_clusters=needs.in_clusters)
    return {Level.ANYBODY: True, Level.STAFF: bool(standing.column), Level.NOBODY: False}[needs]


def rules(prefix: str, addresses: str, needs: Needs, **values: Any) -> Iterator[Rule]:
    """The same rule for several addresses, by their last parts."""
    for name in addresses.split() or [""]:
        yield Rule(f"{prefix}{name}", needs, **values)
