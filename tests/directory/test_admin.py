"""Owns the proof that an editor can keep a firm through the admin's own form: drafts, history, preview."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask
from wagtail.users.models import UserProfile

from directory.models import ContactPerson, Firm, FirmProfile, Membership
from search.models import PendingChange
from tests.directory.admin import add, draft_of, filled, url
from tests.directory.builders import (
    make_capability,
    make_contact,
    make_firm,
    make_membership,
    make_region,
    make_sector,
)
from tests.directory.indexing import marked

pytestmark = pytest.mark.django_db


def test_a_new_firm_is_a_draft_with_all_that_was_typed(admin: Client) -> None:
    kent, zeeland = make_region("kent"), make_region("zeeland")
    brewing, food = make_capability("brewing"), make_sector("food-drink")
    firm = add(admin, region=kent.pk)

    admin.post(
        url("edit", firm.pk),
        filled(
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
    firm = add(admin)

    admin.post(url("edit", firm.pk), filled(**{"action-publish": "1"}))

    firm.refresh_from_db()
    assert firm.live
    assert marked() == {firm.pk}


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
    profile = UserProfile.get_for_user(get_user_model().objects.get(username="admin"))
    profile.preferred_language = "fr"
    profile.save()

    assert "Agroalimentaire" in admin.get(url("add")).content.decode()
    assert "Agroalimentaire" in admin.get(url("edit", make_firm().pk)).content.decode()


def test_a_logo_must_be_described_before_it_is_published(admin: Client) -> None:

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
            name="Second name",
            description_fr="Second texte.",
            offers=["supply"],
            capabilities=[make_capability("brewing", name="Art of brewing").pk],
            **{"action-publish": "1"},
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
    assert "Art of brewing" in compared
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


def test_a_workflow_publishes_through_the_same_door(admin: Client) -> None:
    workflow = Workflow.objects.create(name="Check")
    task = GroupApprovalTask.objects.create(name="Somebody looks")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    content_type = ContentType.objects.get_for_model(Firm)
    WorkflowContentType.objects.create(workflow=workflow, content_type=content_type)
    firm = make_firm("Before", published=True, region="kent")
    admin.post(url("edit", firm.pk), filled(name="After", **{"action-submit": "1"}))
    Firm.objects.filter(pk=firm.pk).update(region=make_region("zeeland"))
    PendingChange.objects.all().delete()
    state = Firm.objects.get(pk=firm.pk).current_workflow_task_state

    admin.post(url("workflow_action", firm.pk, "approve", state.pk), {"comment": "Good"})

    firm = Firm.objects.get(pk=firm.pk)
    assert (firm.name, firm.region) == ("After", make_region("zeeland"))
    assert marked() == {firm.pk}


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


def test_each_text_of_the_form_belongs_to_one_language(admin: Client) -> None:
    page = admin.get(url("edit", make_firm().pk)).content.decode()

    for language in FirmProfile.Language.values:
        for name in ("tagline", "description", "offers_text", "looks_for_text"):
            assert page.count(f'name="{name}_{language}"') == 1
    assert 'name="language"' not in page
