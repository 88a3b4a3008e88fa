"""Owns when two firms may be one: the same name, web host or number, once they are written alike. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from directory.sentences import Sentence
from search.analysis import plain, tokens

# Legal forms say nothing of who a firm is. Written without dots and in small letters.
_FORMS = frozenset(
    (
        *(
            "ltd",
            "limited",
            "plc",
            "llp",
            "llc",
            "inc",
            "cic",
            "cio",
            "co",
            "company",
            "group",
            "holding",
            "the",
        ),
        *("sa", "sas", "sasu", "sarl", "eurl", "sprl", "scrl", "srl", "scop", "scic", "asbl", "groupe"),
        *("bv", "bvba", "nv", "vof", "vzw", "cv", "cvba", "groep", "gmbh", "ag"),
    )
)
# Hosts where many firms have a page; being there says nothing.
_SHARED = frozenset(
    (
        *(
            "facebook.com",
            "m.facebook.com",
            "instagram.com",
            "linkedin.com",
            "twitter.com",
            "x.com",
            "youtube.com",
        ),
        *(
            "etsy.com",
            "google.com",
            "sites.google.com",
            "linktr.ee",
            "github.com",
            "gitlab.com",
            "helloasso.com",
        ),
        *("wordpress.com", "business.site"),
    )
)
_DOTTED = re.compile(r"\b((?:\w\.){2,})")
_MOST = 3


def name_key(name: str) -> str:
    """A name as it is compared: no accents, capitals, punctuation or legal form.

    >>> name_key("De Kring B.V."), name_key("THE DE-KRING Ltd")
    ('de kring', 'de kring')
    """
    undotted = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", name)
    words = [plain(token.surface) for token in tokens(undotted)]
    return " ".join([word for word in words if word not in _FORMS] or words)


def website_key(website: str) -> str:
    """The host of a website without www, and its path where many share the host; empty if there is none.

    >>> website_key("https://www.example.org/a/"), website_key("https://facebook.com/Acme/")
    ('example.org', 'facebook.com/acme')
    """
    try:
        parts = urlsplit(website if "://" in website else f"//{website}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if host not in _SHARED:
        return host
    rest = f"{parts.path.strip('/')}?{parts.query}".strip("?").casefold()
    return f"{host}/{rest}" if rest else ""


def number_key(number: str) -> str:
    """A number without spaces, dots, hyphens and the country before it.

    >>> number_key("BE 0123.456.749")
    '0123456749'
    """
    return re.sub(r"^(BE|FR|NL|GB)(?=\w{6})", "", re.sub(r"[\W_]", "", number).upper())


def keys(name: str, website: str, number: str) -> Mapping[str, str]:
    """What a firm is compared by; only what it has."""
    found = {"name": name_key(name), "website": website_key(website), "number": number_key(number)}
    return {what: key for what, key in found.items() if key}


@dataclass(frozen=True, slots=True)
class Near:
    """Another firm that may be the same one: where it is, and what they share."""

    other: Sentence
    shared: str


@dataclass(slots=True)
class Neighbours:
    """Firms seen so far, by what they are compared by."""

    _seen: dict[tuple[str, str], list[Sentence]] = field(default_factory=dict)

    def add(self, label: Sentence, compared: Mapping[str, str]) -> None:
        """Remembers a firm; `label` is how a report names it."""
        for what in compared.items():
            labels = self._seen.setdefault(what, [])
            if len(labels) < _MOST:
                labels.append(label)

    def near(self, compared: Mapping[str, str]) -> list[Near]:
        """Firms seen before that share something, at most three, each once."""
        found: dict[Sentence, str] = {}
        for shared, key in compared.items():
            for label in self._seen.get((shared, key), ()):
                found.setdefault(label, shared)
        return [Near(label, shared) for label, shared in list(found.items())[:_MOST]]
