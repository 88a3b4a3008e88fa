"""Owns the proof that the index hears what changes beside firms: terms, regions, clusters."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from directory.mentions import mentioned_capabilities, texts_of
from directory.models import Capability, Firm, Sector
from directory.models.firm import FIRMS
from directory.search import FirmSearch
from hub.models import Region
from search.documents import Text
from search.models import PendingChange
from search.pending import LEXICON, drain
from search.state import SearchState
from tests.directory.builders import (
    load_vocabularies,
    make_capability,
    make_cluster,
    make_firm,
    make_membership,
    make_region,
    make_sector,
)
from tests.directory.indexing import index_firms

pytestmark = pytest.mark.django_db


def marked() -> set[int]:
    """What the search has not looked at yet; the labels of its facets are the one called LEXICON."""
    return set(PendingChange.objects.filter(index=FIRMS).values_list("key", flat=True))


def forget() -> None:
    """Leaves out what building the firms has marked."""
    PendingChange.objects.all().delete()


def using(capability: Capability) -> set[int]:
    """The firms found under a capability's English label."""
    return {hit.key for hit in FirmSearch().search(SearchState(text=capability.name_en)).hits}


@pytest.mark.parametrize(("make", "relation"), [(make_sector, "sectors"), (make_capability, "capabilities")])
def test_renaming_a_term_marks_its_firms_and_the_labels(make: Callable[[str], Any], relation: str) -> None:
    term = make("brewing")
    firm = make_firm(**{relation: [term]})
    make_firm(live=False, **{relation: [term]})
    make_firm(sectors=["materials"])
    forget()

    term.name_nl = "Brouwkunst"
    term.save()

    assert marked() == {LEXICON, firm.pk}


def test_saving_a_term_unchanged_marks_nothing() -> None:
    make_firm(capabilities=["brewing"])
    term = make_capability("brewing")
    forget()

    term.save()

    assert marked() == set()


def test_deleting_a_term_marks_the_firms_that_had_it() -> None:
    firm = make_firm(capabilities=["brewing"])
    forget()

    make_capability("brewing").delete()

    assert marked() == {LEXICON, firm.pk}


def test_a_new_name_of_a_term_marks_whoever_says_it_and_nobody_else() -> None:
    brewing = make_capability("brewing", name="Brewing", name_fr="Brassage", name_nl="Brouwen")
    says = make_firm(texts={"en": "Three kettles for craft ales, since 1900."})
    make_firm(texts={"en": "We bake bread."})
    index_firms()
    forget()

    brewing.also_en = ["craft ale"]
    brewing.save()

    assert marked() == {LEXICON, says.pk}


def test_a_name_that_a_term_loses_marks_whoever_says_it() -> None:
    brewing = make_capability(
        "brewing", name="Brewing", name_fr="Brassage", name_nl="Brouwen", also_en=["craft ale"]
    )
    says = make_firm(texts={"en": "Craft ale."})
    index_firms()
    forget()

    brewing.also_en = []
    brewing.save()

    assert marked() == {LEXICON, says.pk}


def test_a_name_too_long_to_ask_for_marks_everybody() -> None:
    firms = {make_firm().pk, make_firm().pk}
    brewing = make_capability("brewing")
    index_firms()
    forget()

    brewing.also_en = ["word " * 40]
    brewing.save()

    assert marked() == {LEXICON, *firms}


@pytest.mark.parametrize("also", ['"craft" -ale', "…", ""])
def test_any_name_can_be_given_to_a_term(also: str) -> None:
    brewing = make_capability("brewing")
    index_firms()

    brewing.also_en = [also]
    brewing.save()

    assert LEXICON in marked()


def test_a_renamed_term_is_found_under_its_new_name() -> None:
    brewing = make_capability("brewing", name="Brewing", name_fr="Brassage", name_nl="Brouwen")
    tagged, says = make_firm(capabilities=[brewing]), make_firm(texts={"nl": "Wij maken gerstenat."})
    make_firm(texts={"en": "We bake."})
    index_firms()
    assert using(brewing) == {tagged.pk}

    brewing.name, brewing.also_nl = "Maltings", ["gerstenat"]
    brewing.save()
    drain(FIRMS)

    assert using(brewing) == {tagged.pk, says.pk}


def test_renaming_a_region_marks_the_firms_in_it_below_it_and_serving_it() -> None:
    flanders = make_region("flanders", parent="belgium")
    inside = make_firm(region=make_region("west-flanders", parent=flanders))
    serving = make_firm(region="kent", serves=[flanders])
    make_firm(region="zeeland")
    forget()

    flanders.name_nl = "Vlaams Gewest"
    flanders.save()

    assert marked() == {LEXICON, inside.pk, serving.pk}


def test_a_region_that_comes_to_lie_elsewhere_marks_its_firms() -> None:
    kent = make_region("kent", parent="england")
    firm = make_firm(region=kent)
    forget()

    kent.parent = make_region("south-east", parent="england")
    kent.save()

    assert firm.pk in marked()


def test_a_change_of_a_region_that_nobody_sees_marks_nothing() -> None:
    kent = make_region("kent")
    make_firm(region=kent)
    forget()

    kent.is_partner = True
    kent.save()

    assert marked() == set()


def test_deleting_a_region_marks_the_firms_that_serve_it() -> None:
    firm = make_firm(region="kent", serves=["zeeland"])
    forget()

    Region.objects.get(slug="zeeland").delete()

    assert marked() == {LEXICON, firm.pk}


def test_renaming_a_cluster_marks_its_members() -> None:
    member = make_membership(make_firm()).firm
    make_firm()
    cluster = make_cluster("food-drink")
    forget()

    cluster.brand = "Taste"
    cluster.save()

    assert marked() == {LEXICON, member.pk}


def test_a_cluster_that_changes_its_purpose_marks_nothing() -> None:
    cluster = make_membership(make_firm()).cluster
    forget()

    cluster.purpose_en = "To eat well."
    cluster.save()

    assert marked() == set()


def test_the_vocabularies_are_as_large_as_promised_and_whole_in_three_languages() -> None:
    load_vocabularies()

    assert Sector.objects.count() >= 12
    assert Capability.objects.count() >= 40
    for term in [*Sector.objects.all(), *Capability.objects.all()]:
        assert term.name_en
        assert term.name_fr
        assert term.name_nl


def test_a_term_reads_in_the_language_in_force() -> None:
    term = make_sector("food", name="Food", name_fr="Aliments", name_nl="Voeding")

    said = []
    for language in ("en", "fr", "nl"):
        with translation.override(language):
            said.append(str(term))

    assert said == ["Food", "Aliments", "Voeding"]


def test_texts_mention_capabilities_in_any_language_and_the_longest_name_wins() -> None:
    load_vocabularies()
    firm = make_firm(
        texts={"fr": "Nous faisons de l'impression 3D et de la soudure.", "nl": "En we brouwen bier."}
    )

    found = {term.slug for term in mentioned_capabilities(texts_of(firm.profiles.all()))}

    assert "3d-printing" in found
    assert "brewing" in found
    assert mentioned_capabilities([Text("text", "We sell umbrellas.", "en")]) == []


def test_sectors_are_not_offered_as_capabilities() -> None:
    make_sector("mechatronics")
    make_capability("brewing")

    assert mentioned_capabilities([Text("text", "Mechatronics and brewing", "en")]) == [
        Capability.objects.get(slug="brewing")
    ]


def test_firms_that_say_nothing_mention_nothing() -> None:
    assert texts_of(Firm.objects.get(pk=make_firm().pk).profiles.all()) == []
