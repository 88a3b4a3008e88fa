"""Owns small documents, facets and searches for tests, by hand and by Hypothesis."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from search.concepts import Lexicon
from search.documents import LANGUAGES, Document, FacetValue, Text
from search.facets import Facet
from search.state import SORTS, SearchState

SECTORS = (
    FacetValue(
        "food", {"en": "Food & drink", "fr": "Agroalimentaire", "nl": "Agrofood"}, ("food and drinks",)
    ),
    FacetValue(
        "mechatronics",
        {"en": "Mechatronics", "fr": "Mécatronique", "nl": "Mechatronica"},
        ("electromechanics",),
    ),
    FacetValue("logistics", {"en": "Logistics", "fr": "Logistique", "nl": "Logistiek"}),
)
# Mechatronics is a capability too, under the same labels; so one typed word names both.
CAPABILITIES = (
    FacetValue(
        "3d-printing",
        {"en": "3D printing", "fr": "Impression 3D", "nl": "3D-printen"},
        ("additive manufacturing",),
    ),
    FacetValue("brewing", {"en": "Brewing", "fr": "Brasserie", "nl": "Brouwerij"}, ("beer", "bière", "bier")),
    FacetValue(
        "mechatronics",
        {"en": "Mechatronics", "fr": "Mécatronique", "nl": "Mechatronica"},
        ("electromechanics",),
    ),
)
REGIONS = (
    FacetValue("belgium", {"en": "Belgium", "fr": "Belgique", "nl": "België"}),
    FacetValue("flanders", {"en": "Flanders", "fr": "Flandre", "nl": "Vlaanderen"}, parent="belgium"),
    FacetValue(
        "west-flanders",
        {"en": "West Flanders", "fr": "Flandre-Occidentale", "nl": "West-Vlaanderen"},
        parent="flanders",
    ),
    FacetValue("england", {"en": "England", "fr": "Angleterre", "nl": "Engeland"}),
    FacetValue("kent", {"en": "Kent", "fr": "Kent", "nl": "Kent"}, parent="england"),
)
KINDS = (FacetValue("sme", {"en": "SME", "fr": "PME", "nl": "Kmo"}), FacetValue("network", {"en": "Network"}))

FACETS: tuple[Facet, ...] = (
    Facet(name="sector", label="Sector", values=lambda: SECTORS, typed="concept"),
    Facet(name="capability", label="Uses", values=lambda: CAPABILITIES, typed="concept"),
    Facet(
        name="region",
        label="Region",
        values=lambda: REGIONS,
        typed="place",
        tree=True,
        widened_by="serves",
        widened_label="also serves",
    ),
    Facet(name="serves", label="Also serves", values=lambda: REGIONS, tree=True, hidden=True),
    Facet(name="kind", label="Kind", values=lambda: KINDS),
)
WIDENING = {"region": "serves"}

# Words that meet in some way: inflections, accents, languages, stop words, other scripts, prefixes.
WORDS = [
    "food",
    "and",
    "drink",
    "the",
    "brewery",
    "breweries",
    "beer",
    "bière",
    "biere",
    "mécatronique",
    "mechatronica",
    "mechatronics",
    "printing",
    "printed",
    "impression",
    "3D",
    "fabriquées",
    "fabriquees",
    "fabriqué",
    "thé",
    "de",
    "van",
    "voor",
    "les",
    "bedrijf",
    "bedrijven",
    "Gent",
    "kent",
    "flanders",
    "west",
    "additive",
    "manufacturing",
    "logistiek",
    "Straße",
    "один",
    "東京",
    "x9",
    "l'impression",
    "3D-printen",
    "Food,",
    "drink",
]


def make_lexicon(facets: Sequence[Facet] = FACETS) -> Lexicon:
    """The lexicon of some facets."""
    return Lexicon.build((facet, facet.values()) for facet in facets)


def make_facet(name: str, *values: FacetValue, **declared: Any) -> Facet:
    """A facet with just these values."""
    return Facet(name=name, label=name.title(), values=lambda: values, **declared)


def make_document(
    key: int = 1,
    name: str = "Imagineers",
    *,
    names: Iterable[str] = (),
    labels: Iterable[str] = (),
    places: Iterable[str] = (),
    taglines: Mapping[Any, str] | None = None,
    texts: Mapping[Any, str] | None = None,
    values: Mapping[str, Iterable[str]] | None = None,
    quality: int = 0,
    confirmed: int = 0,
    created: int = 0,
) -> Document:
    """A document that can be found by its name, by `names` beside it, and by its words by language."""
    words = [Text("name", written) for written in (name, *names)]
    words += [Text("label", label) for label in labels]
    words += [Text("place", place) for place in places]
    words += [Text("tagline", written, language) for language, written in (taglines or {}).items()]
    words += [Text("text", written, language) for language, written in (texts or {}).items()]
    return Document(
        key=key,
        name=name,
        texts=tuple(words),
        values={facet: frozenset(chosen) for facet, chosen in (values or {}).items()},
        quality=quality,
        confirmed=confirmed,
        created=created,
        card={"name": name, "key": key},
    )


def sentences(max_words: int = 8) -> st.SearchStrategy[str]:
    """A few words that meet each other."""
    return st.lists(st.sampled_from(WORDS), max_size=max_words).map(" ".join)


def values_of(facets: Sequence[Facet] = FACETS) -> st.SearchStrategy[dict[str, frozenset[str]]]:
    """What a document may have in each facet, ancestors included."""
    chosen = {
        facet.name: st.sets(st.sampled_from([v.value for v in facet.values()]), max_size=2)
        for facet in facets
    }
    return st.fixed_dictionaries(chosen).map(
        lambda values: {facet.name: _with_parents(facet, values[facet.name]) for facet in facets}
    )


def documents(max_size: int = 12) -> st.SearchStrategy[list[Document]]:
    """Several documents with different keys, alike enough to tie in every order."""
    by_language = st.dictionaries(st.sampled_from(LANGUAGES), sentences(), max_size=2)
    one = st.builds(
        make_document,
        key=st.integers(1, 10_000),
        name=sentences(3),
        names=st.lists(sentences(2), max_size=1),
        labels=st.lists(sentences(2), max_size=2),
        places=st.lists(st.sampled_from(["Gent", "Gand", "West-Vlaanderen", "Kent"]), max_size=2),
        taglines=by_language,
        texts=by_language,
        values=values_of(),
        quality=st.integers(0, 2),
        confirmed=st.integers(0, 2),
        created=st.integers(0, 2),
    )
    return st.lists(one, max_size=max_size, unique_by=lambda document: document.key)


def typed_texts() -> st.SearchStrategy[str]:
    """Searches as people type them: words, phrases, exclusions, labels, and now and then an open quote."""
    word = st.sampled_from(WORDS)
    labels = [
        label
        for facet in FACETS
        if facet.typed
        for value in facet.values()
        for label in value.labels.values()
    ]
    phrase = st.lists(word, min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"')
    piece = st.one_of(word, word, st.sampled_from(labels), phrase)
    signed = st.one_of(piece, piece, piece, piece.map("-{}".format), word.map(lambda typed: typed[:2]))
    closed = st.lists(signed, max_size=3).map(" ".join)
    return st.one_of(closed, closed, closed.map('{} "food'.format))


def search_states(facets: Sequence[Facet] = FACETS) -> st.SearchStrategy[SearchState]:
    """Searches with filters, unknown values among them, in every order, on the first pages."""
    chosen = {
        facet.name: st.frozensets(
            st.sampled_from([*(value.value for value in facet.values()), "unknown"]), min_size=1, max_size=2
        )
        for facet in facets
        if not facet.hidden
    }
    return st.builds(
        SearchState,
        text=typed_texts(),
        chosen=st.one_of(st.just({}), st.fixed_dictionaries({}, optional=chosen)),
        widened=st.sampled_from([frozenset(), frozenset(WIDENING)]),
        sort=st.sampled_from(SORTS),
        page=st.sampled_from([1, 1, 1, 2]),
    )


def _with_parents(facet: Facet, values: Iterable[str]) -> frozenset[str]:
    parents = {value.value: value.parent for value in facet.values()}
    found = set()
    for value in values:
        while value:
            found.add(value)
            value = parents[value]
    return frozenset(found)
