"""Owns the proof that a firm is added by five answers, once, and only after its twins were looked at."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from directory.actions.adding import AddFirmAction, TwinsUnseen
from directory.actions.removing import RemoveFirmAction
from directory.models import Firm
from directory.twins import twins_of
from hub.actions import SYSTEM, NotAllowed
from hub.models import Region
from tests.counting import asked_by
from tests.directory.admin import add, five, url
from tests.directory.at_once import at_once
from tests.directory.builders import NOW, make_firm, make_region, make_sector
from tests.directory.indexing import index_firms

pytestmark = pytest.mark.django_db


def names(twins: Any) -> list[tuple[str, str]]:
    return [(twin.firm.name, twin.shared) for twin in twins]


def page_of(admin: Client, **values: Any) -> str:
    return admin.post(url("add"), five(**values)).content.decode()


def test_only_who_may_add_firms_adds_one() -> None:
    member = get_user_model().objects.create_user("member")

    with pytest.raises(NotAllowed):
        AddFirmAction(name="New", region=make_region("kent"), actor=member, now=NOW).run()

    assert not Firm.objects.exists()


def test_only_who_may_add_firms_hears_of_others(client: Client) -> None:
    make_firm("Secret draft", live=False)
    client.force_login(get_user_model().objects.create_user("member"))

    for answer in (client.get(url("near"), {"name": "Secret draft"}), client.post(url("add"), five())):
        assert "Secret" not in answer.content.decode()
    assert Firm.objects.count() == 1


def test_five_answers_make_a_draft_and_open_its_form(admin: Client) -> None:
    food = make_sector("food-drink")

    answer = admin.post(url("add"), five(town="Dover", website="thé.example", sector=food.pk))

    firm = Firm.objects.get()
    assert answer.headers["Location"] == url("edit", firm.pk)
    assert (firm.name, firm.slug, firm.town, firm.live) == ("Brasserie Thé", "brasserie-the", "Dover", False)
    assert (firm.region.slug if firm.region else "", list(firm.sectors.all())) == ("kent", [food])
    assert firm.get_latest_revision_as_object().name == "Brasserie Thé"


def test_a_twin_is_shown_first_and_nothing_is_added(admin: Client) -> None:
    twin = make_firm("The Brasserie Thé Ltd", live=False)

    page = page_of(admin)

    assert f'href="{url("edit", twin.pk)}"' in page
    assert "the same name" in page
    assert Firm.objects.count() == 1


def test_who_says_that_it_is_none_of_them_adds_it(admin: Client) -> None:
    twin = make_firm("Brasserie Thé")

    add(admin, none_of=str(twin.pk))

    assert sorted(Firm.objects.values_list("slug", flat=True)) == ["brasserie-the", "brasserie-the-2"]


def test_a_twin_that_came_meanwhile_is_shown_too(admin: Client) -> None:
    seen = make_firm("Brasserie Thé")
    make_firm("Brasserie Thé Kent")

    assert "Brasserie Thé Kent" in page_of(admin, none_of=str(seen.pk))
    assert Firm.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "website", "shared"),
    [
        ("Brouwerij De Kring", "", "name"),
        ("BROUWERIJ DE KRING NV", "", "name"),
        ("De Kring Brouwerij", "", "similar"),
        ("Brouwerij de Krnig", "", "similar"),
        ("Brouwerij De Kr", "", "similar"),
        ("Kringwinkel", "http://dekring.example/contact", "website"),
        ("", "www.dekring.example", "website"),
    ],
)
@pytest.mark.parametrize("is_live", [True, False])
def test_a_twin_is_found_by_name_and_website(name: str, website: str, shared: str, is_live: bool) -> None:
    make_firm("Brouwerij De Kring", website="https://www.dekring.example", live=is_live)
    make_firm("Brasserie du Nord", website="https://nord.example")
    index_firms()

    assert names(twins_of(name, website=website)) == [("Brouwerij De Kring", shared)]


def test_a_trading_name_counts() -> None:
    make_firm("Zeeland Holdings 12", trading_name="Oesterbar Zilt")

    assert names(twins_of("oesterbar zilt")) == [("Zeeland Holdings 12", "name")]


def test_others_are_not_taken_for_twins() -> None:
    make_firm("Brouwerij De Kring")
    make_firm("Facebook friends", website="https://facebook.com/friends")

    assert twins_of("Brouwerij Het Anker", website="https://facebook.com/anker") == []


def test_the_script_gets_the_firms_and_one_sentence(admin: Client) -> None:
    make_firm("Brasserie Thé")

    answer = admin.get(url("near"), {"name": "brasserie t", "website": ""}).json()

    assert "Brasserie Thé" in answer["html"]
    assert answer["status"] == "1 firm of the register may be this one."
    assert admin.get(url("near"), {"name": "xyz"}).json()["status"].startswith("No firm")
    assert admin.get(url("near")).json()["status"] == "Firms that look alike show here."


def test_a_firm_that_asked_to_be_removed_is_remembered(admin: Client) -> None:
    RemoveFirmAction(firm=make_firm("Brasserie Thé"), actor=SYSTEM, now=NOW).run()

    assert "asked to be removed" in admin.get(url("near"), {"name": "brasserie thé"}).json()["html"]


HOSTILE = ["\0", "<script>alert(1)</script>", "%' OR 1=1 --", "a" * 10_000, "\ud800", "‮evil", '"', "-x", "()"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("field", ["name", "website", "town", "region", "sector", "none_of"])
def test_no_input_breaks_the_screen_or_runs(admin: Client, field: str, text: str) -> None:
    make_firm("<script>alert(1)</script>")
    text = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")

    sent = admin.post(url("add"), five(**{field: text}), follow=True)
    answers = [sent, admin.get(url("near"), {field: text})]

    for answer in answers:
        assert answer.status_code == 200
        assert "<script>alert(1)" not in answer.content.decode()


def test_the_number_of_queries_does_not_grow(admin: Client) -> None:
    def asked() -> int:
        typed = {"name": "brasserie", "website": "https://b.example"}
        return asked_by(lambda: admin.get(url("near"), typed))

    for number in range(3):
        make_firm(f"Brasserie {number}")
    index_firms()
    asked()
    few = asked()
    for number in range(3, 30):
        make_firm(f"Brasserie {number}")
    index_firms()
    asked()

    assert asked() <= few + 1  # the spelling asks once more as soon as there are words to compare


def post_together(region: Region) -> str:
    try:
        AddFirmAction(name="Brasserie Thé", region=region, actor=SYSTEM, now=NOW).run()
    except TwinsUnseen:
        return "seen"
    return "added"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_add_the_same_firm_at_the_same_moment_one_does() -> None:
    region = make_region("kent")

    assert sorted(at_once(20, lambda: post_together(region))) == ["added", *["seen"] * 19]
    assert Firm.objects.count() == 1


def test_who_sends_the_form_twice_adds_one_firm(admin: Client) -> None:
    for _time in range(2):
        admin.post(url("add"), five())

    assert Firm.objects.count() == 1
