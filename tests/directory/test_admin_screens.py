"""Owns the proof that facts and rows beside a firm change on screens of their own, and for whom."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from directory.models import Confirmation, ContactPerson, Firm, FormerSlug, Membership
from tests.directory.admin import filled, url
from tests.directory.builders import (
    make_cluster,
    make_contact,
    make_firm,
    make_membership,
    make_region,
)

pytestmark = pytest.mark.django_db


def test_a_firm_moves_on_its_own_screen(admin: Client) -> None:
    firm = make_firm(published=True, region="kent")
    zeeland = make_region("zeeland")

    assert "Zeeland" in admin.get(url("move", firm.pk)).content.decode()
    admin.post(url("move", firm.pk), {"region": zeeland.pk})

    assert Firm.objects.get(pk=firm.pk).region == zeeland


def test_a_refusal_is_shown_on_the_screen(admin: Client) -> None:
    firm = make_firm("Mine", region="kent", slug="mine")
    make_firm("The other", slug="other")

    moved = admin.post(url("move", firm.pk), {"region": make_region("kent").pk}).content.decode()
    renamed = admin.post(url("rename", firm.pk), {"slug": "other"}).content.decode()
    invalid = admin.post(url("rename", firm.pk), {"slug": "not a slug"}).content.decode()

    assert "Mine is in Kent already." in moved
    assert "other is or was the address of The other" in renamed
    assert "valid" in invalid
    assert Firm.objects.get(pk=firm.pk).slug == "mine"


def test_an_address_changes_on_its_own_screen_and_the_old_one_is_kept(admin: Client) -> None:
    firm = make_firm(slug="old")

    admin.post(url("rename", firm.pk), {"slug": "new"})

    assert Firm.objects.get(pk=firm.pk).slug == "new"
    assert FormerSlug.objects.filter(slug="old", firm=firm).exists()


def test_still_right_is_one_click_from_form_and_list(admin: Client) -> None:
    firm = make_firm(published=True)
    confirm = url("confirm", firm.pk)

    assert f'action="{confirm}"' in admin.get(url("edit", firm.pk)).content.decode()
    assert confirm in admin.get(url("list")).content.decode()
    assert firm.name in admin.get(confirm).content.decode()
    assert not Confirmation.objects.exists()
    admin.post(confirm)

    assert Confirmation.objects.get().by == get_user_model().objects.get(username="admin")


def test_people_are_kept_on_screens_of_their_own(admin: Client) -> None:
    firm = make_firm(published=True)

    answer = admin.post(url("add_contact", firm.pk), {"name": "Ada", "email": "ada@firm.example"})
    person = ContactPerson.objects.get()
    form, tab = answer.headers["Location"].split("#")
    assert f'id="{tab}"' in admin.get(form).content.decode()
    assert not (person.is_name_public or person.is_email_public or person.is_phone_public)
    changed = {"name": "Ada", "email": "ada@firm.example", "is_email_public": "on"}
    admin.post(url("change_contact", firm.pk, person.pk), changed)
    person.refresh_from_db()
    assert (person.is_name_public, person.is_email_public) == (False, True)
    assert "ada@firm.example" in admin.get(url("edit", firm.pk)).content.decode()
    assert admin.get(url("remove_contact", firm.pk, person.pk)).status_code == 200
    admin.post(url("remove_contact", firm.pk, person.pk))

    assert not ContactPerson.objects.exists()


def test_a_contact_person_is_reached_through_their_own_firm_only(admin: Client) -> None:
    person = make_contact(make_firm())

    assert admin.get(url("change_contact", make_firm().pk, person.pk)).status_code == 404


def test_memberships_are_kept_on_screens_of_their_own(admin: Client) -> None:
    firm = make_firm(published=True)
    cluster = make_cluster("food-drink")

    admin.post(url("join", firm.pk), {"cluster": cluster.pk, "from_date": "2019-03-01", "source": "form"})
    membership = Membership.objects.get()
    refused = admin.post(url("join", firm.pk), {"cluster": cluster.pk, "from_date": "2020-01-01"})
    assert "already" in refused.content.decode()
    admin.post(url("end_membership", firm.pk, membership.pk), {"to_date": "2020-07-01"})
    membership.refresh_from_db()
    assert str(membership.to_date) == "2020-07-01"
    admin.post(url("remove_membership", firm.pk, membership.pk))

    assert not Membership.objects.exists()


def test_an_administrator_chooses_among_firms(admin: Client) -> None:
    firm = make_firm("Chosen firm")

    assert "Chosen firm" in admin.get("/admin/snippets/choose/directory/firm/").content.decode()
    assert admin.get(f"/admin/snippets/choose/directory/firm/chosen/{firm.pk}/").status_code == 200


def _asked(firm: Firm, person: ContactPerson, membership: Membership) -> dict[str, dict[str, Any]]:
    """What somebody could send to every screen of a firm."""
    return {
        url("list"): {},
        url("add"): filled(name="Added"),
        url("edit", firm.pk): filled(name="Changed", **{"action-publish": "1"}),
        url("unpublish", firm.pk): {},
        url("delete", firm.pk): {},
        url("history", firm.pk): {},
        url("lock", firm.pk): {},
        url("preview_on_edit", firm.pk): filled(),
        url("move", firm.pk): {"region": make_region("zeeland").pk},
        url("rename", firm.pk): {"slug": "other"},
        url("confirm", firm.pk): {},
        url("add_contact", firm.pk): {"name": "Eve"},
        url("change_contact", firm.pk, person.pk): {"name": "Eve"},
        url("remove_contact", firm.pk, person.pk): {},
        url("join", firm.pk): {"cluster": make_cluster("materials").pk, "from_date": "2020-01-01"},
        url("end_membership", firm.pk, membership.pk): {"to_date": "2020-01-01"},
        url("remove_membership", firm.pk, membership.pk): {},
        url("mentions"): {"description_en": "beer"},
        "/admin/snippets/choose/directory/firm/": {},
        "/admin/snippets/choose/directory/firm/results/": {},
        f"/admin/snippets/choose/directory/firm/chosen/{firm.pk}/": {},
        "/admin/directory/membership/": {},
        "/admin/directory/confirmation/": {},
    }


@pytest.mark.parametrize("has_log_in", [False, True])
def test_nobody_but_an_administrator_sees_or_changes_anything(client: Client, has_log_in: bool) -> None:
    firm = make_firm("Secret firm", region="kent", slug="mine", published=True)
    person, membership = make_contact(firm), make_membership(firm)
    before = Firm.objects.values().get()
    if has_log_in:
        editor = get_user_model().objects.create_user("someone")
        editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(editor)

    for address, told in _asked(firm, person, membership).items():
        for answer in (client.get(address), client.post(address, told)):
            body = answer.content.decode()
            assert "Secret firm" not in body, address
            assert "ada@private.example" not in body, address

    assert Firm.objects.values().get() == before
    assert list(ContactPerson.objects.values_list("name", flat=True)) == ["Ada Private"]
    assert list(Membership.objects.values_list("to_date", flat=True)) == [None]
    assert not Confirmation.objects.exists()
