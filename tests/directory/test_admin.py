"""Owns the proof that an editor can keep the register through the admin's own addresses."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import (
    Capability,
    Confirmation,
    ContactPerson,
    Firm,
    FirmProfile,
    FormerSlug,
    Membership,
    Sector,
)
from directory.models.firm import FIRMS
from search.models import PendingChange
from tests.directory.builders import (
    make_capability,
    make_cluster,
    make_contact,
    make_firm,
    make_membership,
    make_region,
    make_sector,
)

pytestmark = pytest.mark.django_db
NAMESPACE = "wagtailsnippets_directory_firm"


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("admin", "admin@hub.example"))
    return client


def url(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def filled(**values: Any) -> dict[str, Any]:
    """What a browser sends for a firm, with whatever the test adds."""
    inline = {f"case_studies-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    limits = {"case_studies-MIN_NUM_FORMS": 0, "case_studies-MAX_NUM_FORMS": 1000}
    return {"name": "Brasserie Thé", "kind": "sme", **inline, **limits, **values}


def draft_of(firm: Firm) -> Firm:
    return Firm.objects.get(pk=firm.pk).get_latest_revision_as_object()


def marked() -> set[int]:
    return set(PendingChange.objects.filter(index=FIRMS, key__gt=0).values_list("key", flat=True))


def test_a_new_firm_is_a_draft_with_all_that_was_typed(admin: Client) -> None:
    kent, zeeland = make_region("kent"), make_region("zeeland")
    brewing, food = make_capability("brewing"), make_sector("food-drink")

    admin.post(
        url("add"),
        filled(
            region=kent.pk,
            town="Dover",
            website="brasserie.example",
            serves=[zeeland.pk],
            sectors=[food.pk],
            capabilities=[brewing.pk],
            offers=["training", "supply"],
            nace_codes="11.05, 56.30",
            languages=["en", "fr"],
            tagline_fr="Bière de thé",
            description_en="We brew tea beer.",
        ),
    )

    firm = Firm.objects.get()
    assert (firm.name, firm.slug, firm.region, firm.live) == ("Brasserie Thé", "brasserie-the", kent, False)
    assert (firm.town, firm.website) == ("Dover", "https://brasserie.example")
    assert (firm.nace_codes, firm.offers) == (["11.05", "56.30"], ["supply", "training"])
    assert list(firm.serves.all()) == [zeeland]
    assert (list(firm.sectors.all()), list(firm.capabilities.all())) == ([food], [brewing])
    assert set(firm.profiles.values_list("language", "tagline", "description")) == {
        ("fr", "Bière de thé", ""),
        ("en", "", "We brew tea beer."),
    }


def test_a_new_firm_can_be_published_at_once(admin: Client) -> None:
    admin.post(url("add"), filled(**{"action-publish": "1"}))

    firm = Firm.objects.get()
    assert firm.live
    assert marked() == {firm.pk}


def test_an_address_is_proposed_and_made_unique(admin: Client) -> None:
    make_firm("Brasserie Thé", slug="brasserie-the")
    former = make_firm("Other", slug="now")
    FormerSlug.objects.create(firm=former, slug="brasserie-the-2")

    admin.post(url("add"), filled())

    assert Firm.objects.filter(slug="brasserie-the-3").exists()


@pytest.mark.parametrize("slug", ["has", "had"])
def test_an_address_of_another_firm_is_refused(admin: Client, slug: str) -> None:
    other = make_firm("The other", slug="has")
    FormerSlug.objects.create(firm=other, slug="had")

    page = admin.post(url("add"), filled(slug=slug))

    assert "The other" in page.content.decode()
    assert Firm.objects.count() == 1


def test_the_form_of_a_new_firm_does_not_save_by_itself(admin: Client) -> None:
    page = admin.get(url("add")).content.decode()

    assert "w-autosave#save" not in page
    assert 'name="tagline_nl"' in page


def test_an_edit_of_a_published_firm_waits_for_publishing(admin: Client) -> None:
    firm = make_firm("Old name", published=True, texts={"en": "Old.", "fr": "Vieux."})

    admin.post(url("edit", firm.pk), filled(name="New name", description_en="New.", tagline_nl="Nieuw"))

    firm.refresh_from_db()
    assert (firm.name, firm.has_unpublished_changes) == ("Old name", True)
    draft = draft_of(firm)
    assert draft.name == "New name"
    assert {said.language: said.tagline or said.description for said in draft.profiles.all()} == {
        "en": "New.",
        "nl": "Nieuw",
    }
    assert set(firm.profiles.values_list("language", flat=True)) == {"en", "fr"}


def test_publishing_an_edit_shows_it_and_marks_the_firm(admin: Client) -> None:
    firm = make_firm("Old name", published=True, texts={"en": "Old."})
    PendingChange.objects.all().delete()

    admin.post(
        url("edit", firm.pk), filled(name="New name", description_en="New.", **{"action-publish": "1"})
    )

    firm.refresh_from_db()
    assert (firm.name, firm.has_unpublished_changes) == ("New name", False)
    assert [(said.language, said.description) for said in firm.profiles.all()] == [("en", "New.")]
    assert marked() == {firm.pk}


def test_the_form_neither_moves_a_firm_nor_changes_its_address(admin: Client) -> None:
    firm = make_firm(region="kent", slug="mine", live=False)

    admin.post(
        url("edit", firm.pk),
        filled(slug="other", region=make_region("zeeland").pk, source="x", import_key="y", is_demo="on"),
    )

    firm.refresh_from_db()
    assert (firm.name, firm.slug, firm.region) == ("Brasserie Thé", "mine", make_region("kent"))
    assert (firm.source, firm.import_key, firm.is_demo) == ("", None, False)


def test_an_emptied_language_loses_its_profile_and_none_changes_places(admin: Client) -> None:
    firm = make_firm(live=False, texts={"en": "English.", "fr": "Français.", "nl": "Nederlands."})
    kept = dict(firm.profiles.values_list("language", "pk"))

    admin.post(url("edit", firm.pk), filled(description_en="Français.", description_fr="English."))

    said = {row.language: (row.description, row.pk) for row in firm.profiles.all()}
    assert said == {"en": ("Français.", kept["en"]), "fr": ("English.", kept["fr"])}


def test_an_unknown_term_is_refused_with_a_message(admin: Client) -> None:
    firm = make_firm(live=False, sectors=["food-drink"])
    food = make_sector("food-drink")

    page = admin.post(url("edit", firm.pk), filled(sectors=[food.pk, 999_999], capabilities=["brewing"]))

    text = page.content.decode()
    assert "999999 is not in the vocabulary" in text
    assert "brewing" in text
    assert draft_of(firm).name == firm.name


def test_terms_are_labelled_in_the_editors_language(admin: Client) -> None:
    make_sector("food-drink", name="Food & drink", name_fr="Agroalimentaire", name_nl="Voeding en drank")
    user = get_user_model().objects.get(username="admin")
    user.wagtail_userprofile = _profile_of(user, "fr")

    assert "Agroalimentaire" in admin.get(url("add")).content.decode()


def _profile_of(user: Any, language: str) -> Any:
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()
    return profile


def test_a_logo_must_be_described_before_it_is_published(admin: Client) -> None:
    from wagtail.images import get_image_model
    from wagtail.images.tests.utils import get_test_image_file

    logo = get_image_model().objects.create(title="Logo", file=get_test_image_file())
    firm = make_firm(live=False)

    refused = admin.post(url("edit", firm.pk), filled(logo=logo.pk, **{"action-publish": "1"}))
    assert "Say what the logo shows" in refused.content.decode()
    admin.post(url("edit", firm.pk), filled(logo=logo.pk, logo_alt="A kettle", **{"action-publish": "1"}))

    firm.refresh_from_db()
    assert (firm.live, firm.logo, firm.logo_alt) == (True, logo, "A kettle")


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("number", "BE 0123.456.700", "VAT or registration number"),
        ("nace_codes", "62.01, beer", "beer"),
        ("founded", "1", "1000"),
        ("website", "javascript:alert(1)", "URL"),
        ("offers", "gold", "gold"),
        ("email", "nobody", "email"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(admin: Client, field: str, typed: str, why: str) -> None:
    firm = make_firm(live=False)

    page = admin.post(url("edit", firm.pk), filled(**{field: typed}))

    assert why in page.content.decode()
    assert Firm.objects.get(pk=firm.pk).name == firm.name


def test_case_studies_are_added_in_order(admin: Client) -> None:
    firm = make_firm(live=False)
    studies = {
        "case_studies-TOTAL_FORMS": 2,
        "case_studies-0-title": "Second",
        "case_studies-0-language": "en",
        "case_studies-0-text": "Later.",
        "case_studies-0-ORDER": 2,
        "case_studies-1-title": "First",
        "case_studies-1-language": "nl",
        "case_studies-1-text": "Eerder.",
        "case_studies-1-ORDER": 1,
    }

    admin.post(url("edit", firm.pk), filled(**studies))

    assert [study.title for study in Firm.objects.get(pk=firm.pk).case_studies.all()] == ["First", "Second"]


def test_unpublishing_takes_the_firm_off_the_site(admin: Client) -> None:
    firm = make_firm(published=True)
    PendingChange.objects.all().delete()

    assert admin.get(url("unpublish", firm.pk)).status_code == 200
    admin.post(url("unpublish", firm.pk))

    assert not Firm.objects.get(pk=firm.pk).live
    assert marked() == {firm.pk}


def test_history_compare_and_revert(admin: Client) -> None:
    firm = make_firm("First name", published=True, region="kent", texts={"fr": "Premier texte."})
    first = firm.latest_revision
    admin.post(
        url("edit", firm.pk),
        filled(
            name="Second name", description_fr="Second texte.", offers=["supply"], **{"action-publish": "1"}
        ),
    )
    Firm.objects.filter(pk=firm.pk).update(region=make_region("zeeland"))
    second = Firm.objects.get(pk=firm.pk).latest_revision

    assert first is not None
    assert second is not None
    history = admin.get(url("history", firm.pk)).content.decode()
    compared = admin.get(url("revisions_compare", firm.pk, first.pk, second.pk)).content.decode()
    form = admin.get(url("revisions_revert", firm.pk, first.pk)).content.decode()
    assert "Published" in history
    assert "Premier" in compared
    assert "(French)" in compared
    assert "Supply" in compared
    assert "First name" in form
    admin.post(
        url("revisions_revert", firm.pk, first.pk),
        filled(name="First name", description_fr="Premier texte.", **{"action-publish": "1"}),
    )

    firm = Firm.objects.get(pk=firm.pk)
    assert (firm.name, firm.region) == ("First name", make_region("zeeland"))
    assert [said.description for said in firm.profiles.all()] == ["Premier texte."]


@pytest.mark.parametrize(
    ("language", "label"), [("en", "Nobody wrote this"), ("fr", "Personne"), ("nl", "Niemand")]
)
def test_a_preview_shows_the_draft_in_the_language_asked_for(
    admin: Client, language: str, label: str
) -> None:
    firm = make_firm("Public name", published=True)
    told = filled(name="Name in the draft", **{f"description_{language}": label})

    admin.post(url("preview_on_edit", firm.pk), told)
    page = admin.get(url("preview_on_edit", firm.pk), {"mode": language}).content.decode()

    assert "Name in the draft" in page
    assert label in page
    assert f'<html lang="{language}"' in page
    assert Firm.objects.get(pk=firm.pk).name == "Public name"


def test_an_old_version_can_be_looked_at(admin: Client) -> None:
    firm = make_firm("First name", published=True)
    first = firm.latest_revision
    assert first is not None
    firm.name = "Second name"
    firm.save_revision().publish()

    page = admin.get(url("revisions_view", firm.pk, first.pk)).content.decode()

    assert "First name" in page


def test_a_locked_firm_is_not_edited(admin: Client) -> None:
    firm = make_firm("Locked", published=True)
    other = get_user_model().objects.create_superuser("other")
    admin.post(url("lock", firm.pk))
    assert Firm.objects.get(pk=firm.pk).locked
    admin.force_login(other)

    admin.post(url("edit", firm.pk), filled(name="Changed"))

    assert draft_of(firm).name == "Locked"


@pytest.mark.parametrize("way", ["one", "bulk"])
def test_a_deleted_firm_is_gone_with_all_beside_it_and_marked(admin: Client, way: str) -> None:
    firm = make_firm(published=True, texts={"en": "Text."})
    make_contact(firm)
    make_membership(firm)
    PendingChange.objects.all().delete()

    if way == "one":
        admin.post(url("delete", firm.pk))
    else:
        bulk = reverse("wagtail_bulk_action", args=["directory", "firm", "delete"])
        admin.post(f"{bulk}?id={firm.pk}&next=/admin/")

    assert not Firm.objects.exists()
    assert not (ContactPerson.objects.exists() or Membership.objects.exists())
    assert marked() == {firm.pk}


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

    admin.post(url("add_contact", firm.pk), {"name": "Ada", "email": "ada@firm.example"})
    person = ContactPerson.objects.get()
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


def test_the_list_narrows_by_region_kind_sector_state_and_name(admin: Client) -> None:
    flanders = make_region("flanders")
    ghent = make_region("east-flanders", parent=flanders)
    make_firm("Inside", region=ghent, sectors=["materials"])
    make_firm("Network", region="kent", kind="network", is_demo=True)
    make_firm("Draft", region="kent", live=False)
    make_firm("Told", region="kent", texts={"en": "Words."})
    materials = make_sector("materials")

    def listed(**asked: Any) -> set[str]:
        rows = admin.get(url("list"), asked).context["object_list"]
        return {firm.name for firm in rows}

    assert listed() == {"Inside", "Network", "Draft", "Told"}
    assert listed(region=flanders.pk) == {"Inside"}
    assert listed(kind="network") == {"Network"}
    assert listed(sector=materials.pk) == {"Inside"}
    assert listed(live="false") == {"Draft"}
    assert listed(is_demo="true") == {"Network"}
    assert listed(text="true") == {"Told"}
    assert listed(q="insi") == {"Inside"}


@pytest.fixture
def queries_of(admin: Client) -> Iterator[Callable[[str], int]]:
    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(address).status_code == 200
        return len(queries)

    yield count


def test_the_list_asks_as_many_queries_for_twenty_firms_as_for_two(queries_of: Callable[[str], int]) -> None:
    for _ in range(2):
        make_firm(published=True, texts={"en": "Text."}, capabilities=["brewing"])
    queries_of(url("list"))
    few = queries_of(url("list"))
    for _ in range(18):
        make_firm(published=True, texts={"en": "Text."}, capabilities=["brewing"])

    assert queries_of(url("list")) == few


def test_the_list_says_what_is_scheduled(admin: Client) -> None:
    from datetime import timedelta

    from django.utils import timezone

    firm = make_firm(live=False)
    firm.go_live_at = timezone.now() + timedelta(days=1)
    firm.save_revision().publish()

    assert "scheduled" in admin.get(url("list")).content.decode().lower()


def test_the_form_offers_what_the_text_mentions(admin: Client) -> None:
    printing = make_capability(
        "3d-printing", name="3D printing", name_fr="Impression 3D", name_nl="3D-printen"
    )
    make_capability("brewing")
    firm = make_firm(live=False, texts={"fr": "Nous faisons de l'impression 3D."})

    page = admin.get(url("edit", firm.pk)).content.decode()
    answer = admin.post(url("mentions"), {"description_nl": "Wij doen aan 3D-printen."}).json()

    assert f'data-hub-mention="{printing.pk}"' in page
    assert answer == {"mentions": [{"value": printing.pk, "label": "3D printing"}]}


def test_what_is_ticked_is_not_offered_again(admin: Client) -> None:
    make_capability("brewing", name="Brewing", name_fr="Brassage", name_nl="Brouwen")
    firm = make_firm(live=False, texts={"en": "Brewing since 1900."}, capabilities=["brewing"])

    assert "data-hub-mention=" not in admin.get(url("edit", firm.pk)).content.decode()


def test_the_form_says_what_is_missing(admin: Client) -> None:
    bare = make_firm(live=False, sectors=[])

    page = admin.get(url("edit", bare.pk)).content.decode()

    assert "Describe the firm in at least one language." in page
    assert "<strong>6 %</strong>" in page


@pytest.mark.parametrize(
    "model", ["wagtailsnippets_directory_sector", "wagtailsnippets_directory_capability"]
)
def test_a_term_is_added_renamed_and_deleted(admin: Client, model: str) -> None:
    told = {
        "name": "Tea",
        "name_fr": "Thé",
        "name_nl": "Thee",
        "slug": "tea",
        "also_en": "infusion\nbrew, cuppa",
    }
    terms: Any = Sector if model.endswith("sector") else Capability

    admin.post(reverse(f"{model}:add"), told)
    term = terms.objects.get()
    assert (term.slug, term.also_en) == ("tea", ["infusion", "brew", "cuppa"])
    admin.post(reverse(f"{model}:edit", args=[term.pk]), told | {"name": "Teas", "slug": "other"})
    term.refresh_from_db()
    assert (term.name, term.slug) == ("Teas", "tea")
    assert "Teas" in admin.get(reverse(f"{model}:list")).content.decode()
    admin.post(reverse(f"{model}:delete", args=[term.pk]))

    assert not terms.objects.exists()


def test_the_flat_registers_list_and_change_nothing(admin: Client) -> None:
    firm = make_firm("Member", published=True)
    membership = make_membership(firm, source="a signed form")
    Confirmation.objects.create(firm=firm, at=firm.created_at)

    members = admin.get("/admin/directory/membership/").content.decode()
    confirmed = admin.get("/admin/directory/confirmation/").content.decode()
    admin.post(f"/admin/directory/membership/delete/{membership.pk}/")
    admin.post("/admin/directory/membership/create/", {"firm": firm.pk})

    assert "a signed form" in members
    assert url("edit", firm.pk) in members
    assert "Member" in confirmed
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("staff", ["nobody", "someone"])
def test_nobody_but_an_administrator_sees_or_changes_anything(client: Client, staff: str) -> None:
    firm = make_firm("Secret firm", region="kent", slug="mine", published=True)
    person, membership = make_contact(firm), make_membership(firm)
    zeeland = make_region("zeeland")
    if staff == "someone":
        client.force_login(_editor())
    asked = {
        url("list"): {},
        url("add"): filled(name="Added"),
        url("edit", firm.pk): filled(name="Changed", **{"action-publish": "1"}),
        url("unpublish", firm.pk): {},
        url("delete", firm.pk): {},
        url("history", firm.pk): {},
        url("lock", firm.pk): {},
        url("preview_on_edit", firm.pk): filled(),
        url("move", firm.pk): {"region": zeeland.pk},
        url("rename", firm.pk): {"slug": "other"},
        url("confirm", firm.pk): {},
        url("add_contact", firm.pk): {"name": "Eve"},
        url("change_contact", firm.pk, person.pk): {"name": "Eve"},
        url("remove_contact", firm.pk, person.pk): {},
        url("join", firm.pk): {"cluster": make_cluster("materials").pk, "from_date": "2020-01-01"},
        url("end_membership", firm.pk, membership.pk): {"to_date": "2020-01-01"},
        url("remove_membership", firm.pk, membership.pk): {},
        url("mentions"): {"description_en": "beer"},
        "/admin/directory/membership/": {},
        "/admin/directory/confirmation/": {},
    }

    for address, told in asked.items():
        for answer in (client.get(address), client.post(address, told)):
            body = answer.content.decode()
            assert "Secret firm" not in body, address
            assert "ada@private.example" not in body, address

    row = Firm.objects.get()
    assert (row.name, row.slug, row.region, row.live, row.locked) == (
        "Secret firm",
        "mine",
        make_region("kent"),
        True,
        False,
    )
    assert not row.has_unpublished_changes
    assert list(ContactPerson.objects.values_list("name", flat=True)) == ["Ada Private"]
    assert list(Membership.objects.values_list("to_date", flat=True)) == [None]
    assert not Confirmation.objects.exists()


def _editor() -> Any:
    from django.contrib.auth.models import Permission

    user = get_user_model().objects.create_user("someone", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def test_each_text_of_the_form_belongs_to_one_language(admin: Client) -> None:
    page = admin.get(url("add")).content.decode()

    for language in FirmProfile.Language.values:
        for name in ("tagline", "description", "offers_text", "looks_for_text"):
            assert page.count(f'name="{name}_{language}"') == 1
    assert 'name="language"' not in page
