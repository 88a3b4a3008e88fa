"""Owns the proof that two firms are merged, and parted again, on the admin's screens."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from directory.models import Firm, Merge
from tests.counting import asked_by
from tests.directory.admin import filled, url
from tests.directory.builders import make_contact, make_firm, make_membership
from tests.directory.merging import merge

pytestmark = pytest.mark.django_db


def make_pair() -> tuple[Firm, Firm]:
    kept = make_firm("Brouwerij De Kring", published=True, town="Gent", website="https://kring.example")
    other = make_firm(
        "De Kring Brouwerij", published=True, town="Brugge", website="https://www.kring.example"
    )
    return kept, other


def text_of(admin: Client, *address: Any, **query: str) -> str:
    return admin.get(url(*address), query).content.decode()


def test_somebody_who_may_enter_the_admin_sees_and_merges_nothing(client: Client) -> None:
    kept, other = make_pair()
    done = merge(make_firm(published=True), make_firm("Put aside", published=True))
    editor = get_user_model().objects.create_user("editor")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)

    for address in (("merge", kept.pk), ("merge_with", kept.pk, other.pk), ("unmerge", done.pk)):
        assert "Kring" not in client.get(url(*address), follow=True).content.decode()
        client.post(url(*address))

    assert Merge.objects.open().get() == done


def test_the_nearest_firms_are_offered_first_and_others_can_be_looked_up(admin: Client) -> None:
    kept, other = make_pair()
    third = make_firm("Quite another name", live=False)
    merge(make_firm(published=True), make_firm("Quite aside", published=True))

    assert f'href="{url("merge_with", kept.pk, other.pk)}"' in text_of(admin, "merge", kept.pk)
    page = text_of(admin, "merge", kept.pk, q="quite")
    assert f'href="{url("merge_with", kept.pk, third.pk)}"' in page
    assert "Quite aside" not in page
    assert "1 firm found" in page


def test_both_firms_are_shown_side_by_side(admin: Client) -> None:
    kept, other = make_pair()
    make_membership(other)
    make_contact(other)

    page = text_of(admin, "merge_with", kept.pk, other.pk)

    assert "Gent" in page
    assert "Brugge" in page
    assert "memberships (1), contact persons (1)" in page


def test_what_was_chosen_stays_and_the_rest_is_as_proposed(admin: Client) -> None:
    kept, other = make_pair()

    answer = admin.post(url("merge_with", kept.pk, other.pk), {"town": "other"})

    kept.refresh_from_db()
    assert answer.headers["Location"] == url("edit", kept.pk)
    assert (kept.name, kept.town) == ("Brouwerij De Kring", "Brugge")
    assert list(Firm.objects.standing()) == [kept]


def test_the_other_side_of_a_choice_is_none_of_those_offered(admin: Client) -> None:
    kept, other = make_pair()

    page = admin.post(url("merge_with", kept.pk, other.pk), {"town": "<b>both</b>"}).content.decode()

    assert not Merge.objects.exists()
    assert "&lt;b&gt;both" in page


def test_a_refusal_is_shown_in_the_form(admin: Client) -> None:
    kept, other = make_pair()
    Firm.objects.filter(pk=other.pk).update(locked=True)

    page = admin.post(url("merge_with", kept.pk, other.pk)).content.decode()

    assert "An editor has locked De Kring Brouwerij" in page


def test_the_form_sent_twice_merges_once(admin: Client) -> None:
    kept, other = make_pair()

    answers = [admin.post(url("merge_with", kept.pk, other.pk)).status_code for _time in range(2)]

    assert answers == [302, 404]
    assert Merge.objects.count() == 1


def test_a_firm_that_is_kept_aside_is_in_no_list_and_cannot_be_edited(admin: Client) -> None:
    kept, other = make_pair()
    merge(kept, other)

    form = text_of(admin, "edit", other.pk)
    admin.post(url("edit", other.pk), filled(name="Changed", **{"action-publish": "1"}))
    admin.post(url("confirm", other.pk))

    assert "it was merged into Brouwerij De Kring" in form
    assert "De Kring Brouwerij" not in text_of(admin, "list")
    other.refresh_from_db()
    assert (other.name, other.live) == ("De Kring Brouwerij", False)
    for screen in ("move", "rename", "merge", "join", "add_contact"):
        assert admin.get(url(screen, other.pk)).status_code == 404


def test_the_kept_firm_offers_to_undo_and_one_button_does_it(admin: Client) -> None:
    kept, other = make_pair()
    done = merge(kept, other)
    assert f'href="{url("unmerge", done.pk)}"' in text_of(admin, "edit", kept.pk)
    Firm.objects.filter(pk=kept.pk).update(town="Aalst")

    page = admin.post(url("unmerge", done.pk), follow=True).content.decode()

    assert "two again" in page
    assert set(Firm.objects.standing()) == {kept, other}
    assert "cannot be undone" not in page
    assert "already" in admin.post(url("unmerge", done.pk)).content.decode()


def test_what_an_undo_does_not_take_back_is_said(admin: Client) -> None:
    kept, other = make_pair()
    done = merge(kept, other, town="other")
    kept = Firm.objects.get(pk=kept.pk)
    kept.town = "Aalst"
    kept.save_revision().publish()

    page = admin.post(url("unmerge", done.pk), follow=True).content.decode()

    assert "Changed since, so it stays as it is: town." in page


@pytest.mark.parametrize("text", ["\0", "<script>alert(1)</script>", "%", "a" * 5_000, "'"])
def test_no_look_up_breaks_the_screen(admin: Client, text: str) -> None:
    kept, _other = make_pair()

    page = admin.get(url("merge", kept.pk), {"q": text})

    assert page.status_code == 200
    assert "<script>alert(1)" not in page.content.decode()


def test_choosing_asks_as_many_queries_for_twenty_firms_as_for_two(admin: Client) -> None:
    def asked() -> int:
        text_of(admin, "merge", kept.pk, q="brouwerij")
        return asked_by(lambda: text_of(admin, "merge", kept.pk, q="brouwerij"))

    kept, _other = make_pair()
    few = asked()
    for number in range(20):
        make_firm(f"Brouwerij {number}")

    assert asked() == few
