"""Owns the proof of the search's three commands over the register."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from directory.models import Firm
from directory.models.firm import FIRMS
from search.models import Content, Posting, SearchIndex
from search.pending import drain
from tests.directory.builders import make_firm

pytestmark = pytest.mark.django_db(transaction=True)


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def searched(*words: str) -> dict:  # type: ignore[type-arg]
    return json.loads(run("search", *words, "--json"))


@pytest.fixture
def bakery() -> Firm:
    firm = make_firm(
        "Bakery Verhaeghe", texts={"en": "Sourdough bread."}, region="west-flanders", published=True
    )
    make_firm("Brewery Pottelberg", texts={"en": "Ale."}, region="kent", published=True)
    run("rebuild_search")
    return firm


def test_a_search_answers_with_total_facets_and_where_each_hit_was_found(bakery: Firm) -> None:
    answer = searched("sourdough")

    assert answer["total"] == 1
    assert answer["hits"] == [{"id": bakery.pk, "name": "Bakery Verhaeghe", "found": ["text"]}]
    assert answer["facets"]["region"] == {"west-flanders": 1}


def test_filters_narrow_a_search(bakery: Firm) -> None:
    assert searched("", "--filter", "region=kent")["total"] == 1
    assert searched("", "--filter", "region=kent", "--filter", "region=west-flanders")["total"] == 2


def test_the_plain_output_is_for_people(bakery: Firm) -> None:
    said = run("search", "sourdough")

    assert "1 firm" in said and "Bakery Verhaeghe  [text]" in said and "West Flanders 1" in said


@pytest.mark.parametrize(
    "words", [["x", "--filter", "colour=red"], ["x", "--widen", "kind"], ["x", "--page", "0"], ["a " * 17]]
)
def test_what_cannot_be_asked_is_refused_in_words(bakery: Firm, words: list[str]) -> None:
    with pytest.raises(CommandError):
        run("search", *words)


def test_an_index_as_the_database_says_is_right(bakery: Firm) -> None:
    assert "the index is as the database says" in run("check_search")


def test_a_check_finds_what_changed_behind_the_back_of_the_index_and_mends_it(bakery: Firm) -> None:
    Firm.objects.filter(pk=bakery.pk).update(name="Bakkerij Verhaeghe")
    Firm.objects.filter(name="Brewery Pottelberg").update(live=False)

    with pytest.raises(CommandError, match="repair"):
        run("check_search")
    said = run("check_search", "--repair")

    assert "changed since the index looked: 1" in said and "in the index but not published: 1" in said
    assert searched("bakkerij")["total"] == 1 and searched("ale")["total"] == 0


def test_a_check_finds_a_wrong_posting_and_mends_it(bakery: Firm) -> None:
    Posting.objects.filter(term="sourdough").delete()

    with pytest.raises(CommandError):
        run("check_search")
    run("check_search", "--repair")

    assert searched("sourdough")["total"] == 1


def test_an_index_that_was_never_built_is_built_by_repair() -> None:
    make_firm("Brewery Pottelberg")
    SearchIndex.objects.all().delete()

    said = run("check_search", "--repair")

    assert "there is no index yet" in said
    assert searched("pottelberg")["total"] == 1


def test_a_rebuild_leaves_nothing_of_the_generation_before(bakery: Firm) -> None:
    before = SearchIndex.objects.get(name=FIRMS).generation

    said = run("rebuild_search")

    now = SearchIndex.objects.get(name=FIRMS).generation
    assert "firms: 2 things are in the index" in said and now != before
    assert not Content.objects.filter(generation=before).exists()
    assert Content.objects.filter(generation=now).count() == 2
    assert drain(FIRMS) == 0
