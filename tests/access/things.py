"""Owns what the matrix asks about: things with an owner and a state, each with words of its own in it."""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.access.issue_table import About, Standing, Verb, may

OWNERS = ("A", "below A", "B", "none")
STATES = ("draft", "live", "in workflow", "locked", "unpublished")
# Every canary is one word, so that whatever is answered can be looked through at once.
CANARY = re.compile(r"zq\d{5}canary", re.IGNORECASE)


@dataclass(eq=False, slots=True)
class Thing:
    """Something of the hub: whose it is, how it stands, what an address needs to name it."""

    kind: str
    owner: str
    state: str
    row: Any = None
    # Parts of addresses: `pk`, `revision_id`, ...
    parts: dict[str, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    about: About = field(default_factory=lambda: About("none"))

    def __str__(self) -> str:
        return f"{self.kind} of {self.owner}, {self.state}"


@dataclass(frozen=True, slots=True)
class Secret:
    """A word, where it stands, and the right that somebody needs to read it; None: anybody may."""

    thing: Thing
    place: str
    verb: Verb | None

    def is_for(self, standing: Standing) -> bool:
        """Whether the issue lets a role read it."""
        return self.verb is None or may(standing, self.verb, self.thing.about)


class World:
    """All things, and all words planted in them."""

    def __init__(self) -> None:
        self.things: list[Thing] = []
        self.secrets: dict[str, Secret] = {}
        self._numbers = itertools.count(10001)

    def thing(self, kind: str, owner: str, state: str, **about: Any) -> Thing:
        """A new thing without any word yet."""
        made = Thing(kind, owner, state, about=About(owner, **about))
        self.things.append(made)
        return made

    def word(self, thing: Thing, place: str, verb: Verb | None) -> str:
        """A word that stands nowhere else, to be planted in a place of a thing."""
        word = f"zq{next(self._numbers)}canary"
        self.secrets[word] = Secret(thing, place, verb)
        thing.words[place] = word
        return word

    def of(self, *kinds: str) -> Iterator[Thing]:
        """The things of some kinds."""
        return (each for each in self.things if each.kind in kinds)

    def one(self, kind: str, owner: str, state: str) -> Thing:
        """The thing of this kind, owner and state."""
        return next(t for t in self.of(kind) if (t.owner, t.state) == (owner, state))

    def told(self, text: str) -> dict[str, Secret]:
        """The planted words that stand in a text."""
        found = {each.lower() for each in CANARY.findall(text)}
        return {word: self.secrets[word] for word in sorted(found) if word in self.secrets}


def owners_and_states() -> Iterator[tuple[str, str]]:
    """Every owner with every state."""
    return itertools.product(OWNERS, STATES)


def words_of(things: Mapping[str, Secret], thing: Thing) -> list[str]:
    """Which of the words that were told are a thing's own."""
    return [word for word, secret in things.items() if secret.thing is thing]
