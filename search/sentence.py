"""Owns how a search is said in words: the sentence over the results, and one chip per filter in force."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .faceted import FacetedSearch
from .facets import Facet
from .state import BadSearch, SearchState

NAMED = 4  # values of one facet that the sentence names; more are counted


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in force; `without` is the search once it is removed."""

    label: str
    facet_label: str
    without: SearchState


def say(search: FacetedSearch, state: SearchState, total: int, language: str) -> str:
    """What is shown, as one noun phrase in the language in force.

    "37 firms in Kent or West Flanders that use mechatronics", "No firms for “brewrey”", "133 firms".
    """
    parts = [counted(search, total)]
    if state.text:
        parts.append(_("for “%(text)s”") % {"text": state.text})
    for facet in _in_the_order_of_speech(search.facets):
        values = state.chosen.get(facet.name)
        if values:
            labels = [label for label, _value in _labelled(search, facet, values, language)]
            parts.append(_clause(facet, labels, total, facet.name in state.widened))
    return " ".join(parts)


def counted(search: FacetedSearch, total: int) -> str:
    """ "37 firms", "1 firm", "5,829 firms"; "0 firms" where there are none."""
    phrase = str(search.noun % {"count": total})
    return phrase.replace(str(total), grouped(total), 1)


def grouped(number: int) -> str:
    """A number as the language in force writes it: 5,829 or 5.829 or 5 829."""
    if number < 1000:
        return str(number)  # a form has hundreds of these
    return str(number_format(number, decimal_pos=0, force_grouping=True))


def chips(search: FacetedSearch, state: SearchState, language: str) -> list[Chip]:
    """A chip for every chosen value, in the order of the form, and one for every facet asked more widely."""
    found = []
    for facet in search.facets:
        for label, value in _labelled(search, facet, state.chosen.get(facet.name, ()), language):
            found.append(Chip(label, str(facet.label), state.without(facet.name, value)))
        if facet.name in state.widened and facet.name in state.chosen:
            narrower = replace(state, widened=state.widened - {facet.name}, page=1)
            found.append(Chip(str(facet.widened_label), str(facet.label), narrower))
    return found


def any_of(labels: Iterable[str]) -> str:
    """Alternatives as one phrase: "Kent", "Kent or West Flanders", "A, B, C or 5 others"."""
    named = list(labels)
    if len(named) > NAMED:
        others = len(named) - NAMED + 1
        last = ngettext("%(count)s other", "%(count)s others", others) % {"count": grouped(others)}
        named = [*named[: NAMED - 1], last]
    if len(named) == 1:
        return named[0]
    return _("%(several)s or %(last)s") % {"several": ", ".join(named[:-1]), "last": named[-1]}


def lowered(label: str) -> str:
    """A label inside a sentence: "Mechatronics" becomes "mechatronics", "3D printing" and "SME" stay."""
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2].isspace() else label


def _in_the_order_of_speech(facets: Iterable[Facet]) -> list[Facet]:
    # "in Kent that use mechatronics": where something is comes before what it does.
    return sorted(facets, key=lambda facet: facet.typed != "place")


def _clause(facet: Facet, labels: list[str], total: int, is_wider: bool) -> str:
    # "1 firm that uses", "2 firms that use": the words may be a plural, and then look at the count.
    named = {"count": total, "value": any_of(labels), "lower": any_of(map(lowered, labels))}
    clause = str(facet.words % named)
    if is_wider:
        return _("%(clause)s (%(wider)s)") % {"clause": clause, "wider": lowered(str(facet.widened_label))}
    return clause


def _labelled(
    search: FacetedSearch, facet: Facet, values: Iterable[str], language: str
) -> list[tuple[str, str]]:
    return sorted((search.label(facet.name, value, language), value) for value in values)


def why_not(refusal: BadSearch) -> str:
    """Which limit a search passes, and what to do about it."""
    messages = {
        "text": _("Your search is longer than %(limit)s characters. Please use fewer words."),
        "words": _("Your search has more than %(limit)s words. Please leave some out."),
        "page": _("There are pages from 1 to %(limit)s at most. Please narrow your search instead."),
        "values": _("At most %(limit)s values of one filter can be chosen, and none this long."),
        "sort": _("There is no such order. Please choose one from the list."),
    }
    return messages[refusal.reason] % {"limit": grouped(refusal.limit)}
