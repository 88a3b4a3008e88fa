"""Owns what a typed text asks for: words, "phrases", -negations and the concepts and places they name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .analysis import Position, Token, all_terms, is_stop, name_key, plain, terms, tokens
from .concepts import Lexicon, Pair
from .concepts import Phrase as Label
from .documents import LANGUAGES
from .state import MAX_TEXT, MAX_WORDS, BadSearch

# What a word is worth by the best field it stands in, in the order of `Hit.found`; EXACT if it stands in a
# name unstemmed.
WEIGHTS = {"name": 8, "label": 4, "place": 4, "tagged": 4, "tagline": 2, "text": 1, "mention": 1}
EXACT = 16
PREFIX_FIELDS = ("name", "label", "place")
MIN_PREFIX = 2  # characters

# Phones and word processors turn quotes into these; each is one character, so places in the text stay.
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
# An item is a quoted phrase (up to the end if the quote is not closed) or a run without spaces. A minus at
# the start or after a space negates the item that follows it at once.
_ITEM = re.compile(
    r'(?P<minus>(?<!\S)-(?="|[^\W_]))?(?:(?P<quote>")(?P<quoted>[^"]*)(?:"|$)|(?P<run>[^\s"]+))'
)


@dataclass(frozen=True, slots=True)
class Word:
    """Matches where any of `terms` stands in any text field. `start` and `end` point into the typed text."""

    surface: str
    start: int
    end: int
    plain: str
    terms: frozenset[str]

    @classmethod
    def of(cls, token: Token) -> "Word":
        """The word that a token of a query stands for."""
        return cls(*token, plain=plain(token.surface), terms=frozenset(all_terms(token.surface)))

    @property
    def words(self) -> tuple["Word", ...]:
        """The words to score: itself."""
        return (self,)


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word still being typed.

    Matches as the word does, and where a plain term of a name, a label or a place begins with `word.plain`.
    """

    word: Word

    @property
    def words(self) -> tuple[Word, ...]:
        """The words to score."""
        return (self.word,)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Matches where, in one text, the words of one of `readings` stand at consecutive places.

    A reading is the phrase analysed in one language, or unstemmed: for each word its terms, any of which may
    stand there. A phrase has two words or more.
    """

    words: tuple[Word, ...]
    readings: tuple[tuple[Position, ...], ...]


@dataclass(frozen=True, slots=True)
class ConceptGroup:
    """Consecutive words that name concepts.

    Matches what is tagged with any of `concepts`, or mentions any, or has all `words`, or has all words of
    any of `labels` (those of all the concepts; for each word its terms). So all its labels find the same.
    """

    words: tuple[Word, ...]
    concepts: tuple[Pair, ...]
    labels: tuple[Label, ...]


Positive = Word | Prefix | Phrase | ConceptGroup
Negative = Word | Phrase


@dataclass(frozen=True, slots=True)
class ScoredWord:
    """A word whose best field counts towards the score, with the concepts it helps to name."""

    word: Word
    concepts: tuple[Pair, ...] = ()
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What a text asks for: all of `positive` and none of `negative`; everything, if both are empty.

    `places` are the places that its words name, to be offered as filters. `name_key` is the key of a name of
    the very words of the text, stop words included (empty: it asks for no word).
    """

    positive: tuple[Positive, ...] = ()
    negative: tuple[Negative, ...] = ()
    places: tuple[Pair, ...] = ()
    name_key: bytes = b""

    def scored(self) -> tuple[ScoredWord, ...]:
        """The words that are scored, one by one, those of phrases and concepts included."""
        return tuple(
            ScoredWord(
                word, part.concepts if isinstance(part, ConceptGroup) else (), isinstance(part, Prefix)
            )
            for part in self.positive
            for word in part.words
        )

    def concepts(self) -> tuple[Pair, ...]:
        """The concepts that its words name, each once."""
        groups = (part for part in self.positive if isinstance(part, ConceptGroup))
        return tuple(dict.fromkeys(pair for group in groups for pair in group.concepts))

    def all_terms(self) -> frozenset[str]:
        """Every term of a text field that must be known to answer and to score, labels included."""
        found: set[str] = set()
        for part in (*self.positive, *self.negative):
            for word in part.words:
                found |= word.terms
            if isinstance(part, ConceptGroup):
                found.update(term for label in part.labels for word_terms in label for term in word_terms)
        return frozenset(found)

    def prefixes(self) -> tuple[str, ...]:
        """The beginnings of plain terms that must be known: one while somebody is typing, or none."""
        return tuple(part.word.plain for part in self.positive if isinstance(part, Prefix))


def parse(text: str, lexicon: Lexicon, typing: bool = False) -> Query:
    """What a text asks for. While `typing`, a last word that nothing follows (no space either) is unfinished.

    - Words are ANDed; `"a phrase"` stands word by word (an open quote runs to the end); `-word` and
      `-"a phrase"` exclude. A minus alone or inside a word is none: it joins two words; excluded, a phrase.
    - Stop words are not required, unless nothing else is, or they stand in quotes.

    :raises BadSearch: if it has over 256 characters or 16 words, stop words included.
    """
    if len(text) > MAX_TEXT:
        raise BadSearch("text", MAX_TEXT)
    parts = list(_parts(text.translate(_QUOTES)))
    if sum(len(part.words) for part in parts) > MAX_WORDS:
        raise BadSearch("words", MAX_WORDS)
    positive = [part for part in parts if not part.is_negative]
    required = _without_stop_words(positive)
    last = _unfinished(text, parts) if typing else None
    found, places = _with_concepts(required, lexicon, last)
    return Query(
        positive=tuple(found),
        negative=tuple(_required(part) for part in map(_trimmed, parts) if part.is_negative),
        places=places,
        name_key=name_key(" ".join(word.surface for part in positive for word in part.words)),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A phrase, or one word; a negated run of several words is a phrase."""

    words: tuple[Word, ...]
    is_negative: bool
    is_quoted: bool


def _parts(text: str) -> Iterator[_Part]:
    for item in _ITEM.finditer(text):
        quoted = item["quote"] is not None
        group = "quoted" if quoted else "run"
        offset = item.start(group)
        words = tuple(
            Word.of(Token(surface, offset + start, offset + end))
            for surface, start, end in tokens(item[group])
        )
        negative = item["minus"] is not None
        if words and (quoted or negative):
            yield _Part(words, negative, quoted)
        else:
            yield from (_Part((word,), False, False) for word in words)


def _trimmed(part: _Part) -> _Part:
    # -l'impression excludes the word, not only where an article stands before it.
    if part.is_quoted or not part.is_negative:
        return part
    kept = [place for place, word in enumerate(part.words) if not is_stop(word.surface)]
    return _Part(part.words[kept[0] : kept[-1] + 1], True, False) if kept else part


def _without_stop_words(parts: list[_Part]) -> list[_Part]:
    return [part for part in parts if part.is_quoted or not is_stop(part.words[0].surface)] or parts


def _unfinished(text: str, parts: list[_Part]) -> Word | None:
    if not parts or parts[-1].is_negative or parts[-1].is_quoted:
        return None
    last = parts[-1].words[-1]
    return last if last.end == len(text) and len(last.plain) >= MIN_PREFIX else None


def _required(part: _Part) -> Word | Phrase:
    if len(part.words) == 1:
        return part.words[0]
    surfaces = [word.surface for word in part.words]
    readings: list[tuple[Position, ...]] = [tuple((word.plain,) for word in part.words)]
    readings += [tuple(terms(surface, language) for surface in surfaces) for language in LANGUAGES]
    return Phrase(part.words, tuple(dict.fromkeys(readings)))


def _with_concepts(
    parts: list[_Part], lexicon: Lexicon, last: Word | None
) -> tuple[list[Positive], tuple[Pair, ...]]:
    """Joins consecutive unquoted words that name concepts; a word still being typed names none yet."""
    found: list[Positive] = []
    places: list[Pair] = []
    run: list[Word] = []
    for part in parts:
        if not part.is_quoted and part.words[0] is not last:
            run.append(part.words[0])
            continue
        places += _close(run, lexicon, found)
        run = []
        found.append(_required(part) if part.is_quoted else Prefix(part.words[0]))
    places += _close(run, lexicon, found)
    return found, tuple(dict.fromkeys(places))


def _close(run: list[Word], lexicon: Lexicon, found: list[Positive]) -> list[Pair]:
    """Adds a run of words to what is asked for, and returns the places that they name."""
    done = 0
    places: list[Pair] = []
    for span in lexicon.spans([word.terms for word in run]):
        places += span.places
        if span.concepts:
            found += run[done : span.start]
            found.append(_group(tuple(run[span.start : span.end]), span.concepts, lexicon))
            done = span.end
    found += run[done:]
    return places


def _group(words: tuple[Word, ...], concepts: tuple[Pair, ...], lexicon: Lexicon) -> ConceptGroup:
    labels = dict.fromkeys(label for pair in concepts for label in lexicon.phrases(pair))
    return ConceptGroup(words, concepts, tuple(labels))
