"""Owns the proof that people of one region neither read nor change the pages and files of another's hub."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse
from wagtail.documents import get_document_model
from wagtail.models import Page, Revision

from cluster_pages.models import HubSectionPage, RegionalHubPage, ResourcePage
from hub.models import RegionalHub
from tests.cluster_pages.builders import below, make_site, provision
from tests.directory.builders import make_region
from tests.hub import people
from tests.once import made_once

pytestmark = pytest.mark.django_db

SECRET = "Kanarie"
OWN, LIVE, DRAFT = "Our own plan", "Openbaar plan", f"{SECRET} geheim plan"


def make_hubs() -> None:
    """The hubs of Kent and East Flanders; the latter with a draft, and with a changed page."""
    make_site(["home", "regions"])
    kent, theirs = provision("kent"), provision("east-flanders")
    below(kent, HubSectionPage(title=OWN))
    below(theirs, HubSectionPage(title=DRAFT), live=False)
    changed = below(theirs, HubSectionPage(title=LIVE))
    changed.title = f"{SECRET} nieuwe naam"
    changed.introduction = f"{SECRET} nieuwe inleiding"
    changed.save_revision()


made_hubs = made_once(make_hubs)


class Hubs:
    """What `make_hubs` made."""

    def __init__(self) -> None:
        self.kent, self.theirs = (
            RegionalHubPage.objects.get(region__slug=slug) for slug in ("kent", "east-flanders")
        )
        self.own, self.draft, self.changed = (
            HubSectionPage.objects.get(title=title) for title in (OWN, DRAFT, LIVE)
        )

    def state(self) -> list[Any]:
        """All there is of pages: two of these are equal if nothing was changed."""
        pages = Page.objects.order_by("pk").values_list(
            "pk", "path", "title", "draft_title", "live", "locked", "latest_revision_id", "url_path"
        )
        return [*pages, Revision.objects.count()]


@pytest.fixture
def hubs(made_hubs: None) -> Hubs:
    return Hubs()


def as_person(user: Any) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(user)
    return client


STRANGERS = {
    "lead of Kent": lambda: people.make_lead("kent"),
    "deputy of Kent": lambda: people.make_deputy("kent"),
    "editor of Kent": lambda: people.make_editor("kent"),
    "ended lead of East Flanders": lambda: people.make_ended_lead("east-flanders"),
    "cluster lead": people.make_cluster_lead,
    "communications": people.make_communicator,
}
# Who stands for all of them at every address where the slow proofs do not run.
EVERY_ADDRESS = [
    who if who == "lead of Kent" else pytest.param(who, marks=pytest.mark.prove) for who in STRANGERS
]


def addresses_of(page: Page, hubs: Hubs) -> Iterator[str]:
    """Every address of Wagtail's admin about a page, and about its revision."""
    known = {
        "page_id": page.pk,
        "pk": page.pk,
        "parent_page_id": page.pk,
        "page_to_move_id": page.pk,
        "destination_id": hubs.own.pk,
        "revision_id": page.latest_revision_id,
        "revision_id_a": page.latest_revision_id,
        "revision_id_b": "live",
        "task_state_id": 1,
        "task_id": 1,
        "workflow_state_id": 1,
        "action_name": "approve",
        "content_type_app_name": "cluster_pages",
        "content_type_model_name": "hubsectionpage",
        "app_label": "cluster_pages",
        "model_name": "hubsectionpage",
    }
    pages = dict(get_resolver().namespace_dict)["wagtailadmin_pages"][1]
    for name in {key for key in pages.reverse_dict if isinstance(key, str)}:
        for _route, params in pages.reverse_dict.getlist(name)[0][0]:
            if set(params) <= set(known):
                yield reverse(f"wagtailadmin_pages:{name}", kwargs={each: known[each] for each in params})
    yield reverse("wagtailadmin_explore", args=[page.pk])
    yield reverse("wagtailadmin_choose_page_child", args=[page.pk])
    yield reverse("simple_translation:submit_page_translation", args=[page.pk])
    yield reverse("wagtailadmin_pages:move_confirm", args=[hubs.own.pk, page.pk])


def lists() -> Iterator[str]:
    """Every address of the admin that lists pages of everywhere."""
    asked = ("?q=geheim", "?q=nieuwe", "?q=plan", "", "?page_type=cluster_pages.HubSectionPage")
    for name in ("choose_page", "choose_page_search", "pages:search"):
        yield from (f"{reverse(f'wagtailadmin_{name}')}{query}" for query in asked)
    for name in ("wagtailadmin_home", "wagtailadmin_explore_root"):
        yield reverse(name)
    yield "/admin/api/main/pages/?fields=*&limit=20"
    for name in ("locked_pages", "workflow", "workflow_tasks", "site_history", "aging_pages"):
        yield reverse(f"wagtailadmin_reports:{name}")
    yield reverse("wagtailadmin_pages:type_use", args=["cluster_pages", "hubsectionpage"])


@pytest.mark.parametrize("who", EVERY_ADDRESS)
def test_nobody_of_elsewhere_reads_or_changes_the_pages_of_a_hub(hubs: Hubs, who: str) -> None:
    client, before, told = as_person(STRANGERS[who]()), hubs.state(), []
    for page in (hubs.draft, hubs.changed, hubs.theirs):
        for url in addresses_of(page, hubs):
            for answer in (client.get(url), client.post(url, {"title": "Taken", "slug": "taken"})):
                if SECRET in answer.content.decode(errors="replace"):
                    told.append(f"{answer.request['REQUEST_METHOD']} {url}")

    assert not told, "\n".join(told)
    assert hubs.state() == before


@pytest.mark.parametrize("who", STRANGERS)
def test_no_list_shows_somebody_of_elsewhere_a_draft(hubs: Hubs, who: str) -> None:
    client = as_person(STRANGERS[who]())

    told = [url for url in lists() if SECRET in client.get(url).content.decode(errors="replace")]

    assert not told, "\n".join(told)


def test_people_of_the_hub_find_their_own_drafts_in_the_chooser(hubs: Hubs) -> None:
    editor = as_person(people.make_editor("east-flanders"))

    chosen = editor.get(reverse("wagtailadmin_choose_page_search"), {"q": "plan"}).content.decode()

    assert DRAFT in chosen
    assert OWN in chosen, "public pages of others can be linked to"


def test_the_explorer_shows_a_lead_the_own_hub_and_the_way_there(hubs: Hubs) -> None:
    lead = as_person(people.make_lead("kent"))

    url = reverse("wagtailadmin_explore", args=[hubs.kent.get_parent().pk])
    shown = lead.get(url, follow=True).content.decode()

    assert "Kent" in shown and "East Flanders" not in shown


def make_document(hub: RegionalHub, title: str) -> Any:
    return get_document_model().objects.create(
        title=title, collection=hub.collection, file=ContentFile(b"text", name=f"{title}.txt")
    )


@pytest.mark.parametrize("kind", ["image", "document"])
def test_a_chooser_of_files_offers_those_of_the_own_hub(hubs: Hubs, kind: str) -> None:
    own, theirs = (RegionalHub.objects.get(region__slug=slug) for slug in ("kent", "east-flanders"))
    make_document(own, "ours")
    make_document(theirs, SECRET)
    lead = as_person(people.make_lead("kent"))

    shown = lead.get(
        reverse("wagtailimages_chooser:choose" if kind == "image" else "wagtaildocs_chooser:choose")
    ).content.decode()
    listed = lead.get(reverse(f"wagtail{'docs' if kind == 'document' else 'images'}:index")).content.decode()

    assert SECRET not in shown + listed and "East Flanders" not in shown + listed
    assert ("ours" in shown) == (kind == "document")


def test_a_document_is_public_once_a_public_page_shows_it(hubs: Hubs) -> None:
    document = make_document(RegionalHub.objects.get(region__slug="east-flanders"), "leidraad")
    page = below(hubs.theirs, ResourcePage(title="Leidraad", document=document), live=False)
    of_kent, of_flanders = (as_person(people.make_editor(slug)) for slug in ("kent", "east-flanders"))

    before = {
        "visitor": Client().get(document.url).status_code,
        "Kent": of_kent.get(document.url).status_code,
        "East Flanders": of_flanders.get(document.url).status_code,
    }
    page.save_revision().publish()

    assert before == {"visitor": 404, "Kent": 404, "East Flanders": 200}
    assert Client().get(document.url).status_code == 200


def test_visitors_meet_the_public_title_and_the_people_of_the_hub_the_new_one(hubs: Hubs) -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    assert hubs.changed.get_admin_display_title().startswith(SECRET), "outside the admin nobody is asked"
    lead = as_person(people.make_lead("east-flanders"))
    explored = lead.get(reverse("wagtailadmin_explore", args=[hubs.theirs.pk])).content.decode()
    assert f"{SECRET} nieuwe naam" in explored


def test_before_a_bulk_action_no_title_of_another_hubs_draft_is_told(hubs: Hubs) -> None:
    lead = as_person(people.make_lead("kent"))

    answer = lead.get(f"/admin/bulk/wagtailcore/page/delete/?id={hubs.own.pk}&id={hubs.draft.pk}")

    assert SECRET not in answer.content.decode()
    assert OWN in lead.get(f"/admin/bulk/wagtailcore/page/delete/?id={hubs.own.pk}").content.decode()


def test_the_inner_api_lists_no_document_of_another_hub(hubs: Hubs) -> None:
    for region, title in (("kent", "Of Kent"), ("east-flanders", SECRET)):
        collection = RegionalHub.objects.get(region__slug=region).collection
        file = ContentFile(b"text", name="plan.txt")
        get_document_model().objects.create(title=title, file=file, collection=collection)

    told = as_person(people.make_lead("kent")).get("/admin/api/main/documents/").content.decode()

    assert "Of Kent" in told
    assert SECRET not in told


def test_an_editor_of_a_region_edits_the_hubs_below_it(hubs: Hubs) -> None:
    make_region("flanders")
    hubs.theirs.region.parent = make_region("flanders")
    hubs.theirs.region.save()
    provision("flanders")

    answer = as_person(people.make_editor("flanders")).get(f"/admin/pages/{hubs.draft.pk}/edit/")

    assert DRAFT in answer.content.decode()


def test_wagtail_does_not_ask_an_editor_where_to_what_they_cannot_move(hubs: Hubs) -> None:
    hubs.own.refresh_from_db()
    place = below(hubs.kent, HubSectionPage(title="Elsewhere"))
    asked = reverse("wagtailadmin_pages:move_confirm", args=[hubs.own.pk, place.pk])
    question = 'action="' + asked + '"'

    assert question not in as_person(people.make_editor("kent")).get(asked).content.decode()
    assert question in as_person(people.make_lead("kent")).get(asked).content.decode()
