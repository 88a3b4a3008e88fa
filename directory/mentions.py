"""Owns which capabilities a firm's own words mention, so that its editor can tick them."""

from collections.abc import Iterable

from directory.models import Capability, FirmProfile
from directory.models.firm import FIRMS
from search import registry
from search.concepts import Lexicon
from search.documents import LANGUAGES, Text

FACET = "capability"


def mentioned_capabilities(texts: Iterable[Text]) -> list[Capability]:
    """The capabilities that texts name under any of their labels, in the order of the vocabulary.

    The same rule as in the search: the longest label wins, so "3D printing" does not also mean "printing".
    """
    typed = [facet for facet in registry.get(FIRMS).facets if facet.typed == "concept"]
    lexicon = Lexicon.build((facet, list(facet.values())) for facet in typed)
    slugs = [value for facet, value in lexicon.mentions(texts) if facet == FACET]
    return list(Capability.objects.filter(slug__in=slugs).order_by("name"))


def texts_of(profiles: Iterable[FirmProfile]) -> list[Text]:
    """What a firm says, as the search reads it."""
    return [
        Text("text", words, profile.language)
        for profile in profiles
        if profile.language in LANGUAGES
        for words in (profile.tagline, profile.description, profile.offers_text, profile.looks_for_text)
        if words
    ]
