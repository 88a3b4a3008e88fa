"""Owns the proof that no firm gets the address of a page of the register."""

import re

import pytest

from directory.actions.renaming import RenameFirmAction, SlugReserved
from directory.addresses import RESERVED
from directory.importing.writing import Slugs
from directory.models import Firm
from directory.urls import urlpatterns
from hub.actions import SYSTEM
from tests.directory.builders import NOW, make_firm


def fixed_words() -> set[str]:
    """What stands below `firms/` and is no firm: the first word of every address there."""
    routes = [str(pattern.pattern).lstrip("^") for pattern in urlpatterns]
    below = [route.removeprefix("firms/") for route in routes if route.startswith("firms/")]
    return {re.split(r"[^\w-]", route)[0] for route in below} - {""}


@pytest.mark.pure
def test_every_address_that_stands_where_a_firm_would_is_reserved() -> None:
    assert fixed_words() == RESERVED


@pytest.mark.pure
def test_an_import_passes_reserved_names_over() -> None:
    assert Slugs(["suggest-2"]).take("Suggest", "1") == "suggest-3"


@pytest.mark.django_db
@pytest.mark.parametrize("word", sorted(RESERVED))
def test_a_firm_is_not_renamed_to_a_page_of_the_register(word: str) -> None:
    firm = make_firm(slug="mine")

    with pytest.raises(SlugReserved, match="Choose another one"):
        RenameFirmAction(firm=firm, slug=word, actor=SYSTEM, now=NOW).run()

    assert Firm.objects.get().slug == "mine"


@pytest.mark.django_db
def test_a_new_firm_of_such_a_name_gets_a_number() -> None:
    assert Firm.objects.free_slug("Export") == "export-2"
