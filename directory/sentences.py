"""Owns sentences that are kept as words and values, and said in the language of whoever reads them. Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from django.utils.translation import gettext, override

from search.sentence import grouped

Value: TypeAlias = "str | int | Sentence"


@dataclass(frozen=True, slots=True)
class Sentence:
    """English words that the catalogues know, and what stands in them. Imported as `_` it marks the words.

    `str()` says it in the language in force, with numbers as that language writes them: a year is a text.

    >>> str(Sentence("line %(line)s") % {"line": 1234})
    'line 1,234'
    """

    words: str
    values: tuple[tuple[str, Value], ...] = ()

    def __mod__(self, values: Mapping[str, Value]) -> "Sentence":
        return replace(self, values=tuple(values.items()))

    def __str__(self) -> str:
        said = {name: grouped(value) if isinstance(value, int) else str(value) for name, value in self.values}
        return gettext(self.words) % said if said else gettext(self.words)

    def kept(self) -> str:
        """The sentence as JSON, in characters that every database takes; `sentence_of` reads it back."""
        return json.dumps(self, default=lambda sentence: [sentence.words, dict(sentence.values)])


def joined(parts: Iterable[Value], by: str = " ") -> Sentence:
    """Several sentences, or the items of an enumeration, as one."""
    values = {str(place): part for place, part in enumerate(parts)}
    return Sentence(by.join(f"%({name})s" for name in values)) % values


def words_of(lazy: object) -> Sentence:
    """A text of Django's lazy kind, as the words that the catalogues know."""
    with override(None):
        return Sentence(str(lazy))


def sentence_of(kept: str) -> Sentence:
    """The sentence that was kept; one that was kept when it was finished already says itself."""
    try:
        found = _read(json.loads(kept))
    except ValueError:
        found = kept
    return found if isinstance(found, Sentence) else joined((kept,))


def _read(found: Any) -> Any:
    match found:
        case [str(words), dict(values)]:
            return Sentence(words) % {name: _read(value) for name, value in values.items()}
    return found
