"""Owns the proof that axe finds no fault on what each kind of person sees in the admin, in any language."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.rich_text import RichText

from cluster_pages.actions.set_up_hub import keep_workflow_of_firms
from cluster_pages.models import HubSectionPage
from directory.actions.transferring import OfferFirmAction
from directory.models import Firm
from hub.actions import SYSTEM
from hub.invitations import InviteAction, Invited
from hub.models import Invitation, LeadTerm, Partner, RegionalHub
from tests.cluster_pages.builders import below, make_site, provision
from tests.directory.admin import url
from tests.directory.builders import make_firm, make_region
from tests.directory.indexing import index_firms
from tests.hub import people
from tests.hub.stewards import make_proposal, speak
from tests.journeys.axe import assert_fits_a_phone, faults, in_every_language, open_at
from tests.journeys.doors import let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Walk = list[tuple[Any, dict[str, str]]]


def submit(thing: Any, by: Any) -> Any:
    thing.save_revision(user=by)
    return thing.get_workflow().start(thing, by)


def people_of_the_hub() -> dict[str, Any]:
    return {
        "lead": people.make_lead("kent", "ann-baker"),
        "deputy": people.make_deputy("kent", "dan-cole"),
        "editor": people.make_editor("kent", "eve-dunn"),
        "coordinator": people.make_coordinator("flo-gray"),
        "communicator": people.make_communicator("hal-innes"),
        "cluster lead": people.make_cluster_lead("food-drink", "jan-kuiper"),
        "lead of nothing": people.make_lead("zeeland", "leo-maes"),
    }


@pytest.fixture
def walk(live_server: LiveServer) -> Walk:
    """Everybody with the screens that are theirs: where something waits, and where nothing does."""
    make_site(("home", "regions", "clusters", "cluster_food-drink"))
    page = provision("kent")
    provision("zeeland")
    keep_workflow_of_firms()
    who = people_of_the_hub()
    section = below(page, HubSectionPage(title="Meet us", body=words("Come and taste.")))
    section.title, section.body = "Meet us at the quay", words("Come and taste at the quay.")
    submit(section, who["editor"])
    returned = make_firm("Quay Bakery", region="kent", published=True, town="Dover")
    submit(returned, who["editor"]).current_task_state.reject(user=who["lead"], comment="Which quay?")
    waits = make_firm("Pier Brewers", region="kent", published=True, town="Dover", texts={"en": "Ale."})
    waits.town = "Margate"
    submit(waits, who["editor"])
    firm = make_firm("Dyke Studio", region="kent", published=True)
    offered = offer(make_firm("Polder Malt", region="zeeland", published=True), "kent")
    taken = offer(make_firm("Cliff Malt", region="kent", published=True), "zeeland")
    make_proposal("kent", at=timezone.now() - timedelta(days=9))
    Partner.objects.create(name="Scheldt Agency")
    files(RegionalHub.objects.get(region=page.region).collection)
    RegionalHub.objects.update(review_due_date=timezone.localdate() - timedelta(days=3))
    index_firms()
    return [
        (who["lead"], of_the_lead(who, section, waits, firm, offered, taken)),
        (who["editor"], {**home(), "waits": edit(section), "came back": url("edit", returned.pk)}),
        (who["coordinator"], of_the_coordinator(who)),
        (who["communicator"], home()),
        (who["cluster lead"], home()),
        (who["lead of nothing"], {**home(), **empty()}),
    ]


def words(said: str) -> list[tuple[str, Any]]:
    """A body with each kind of text that is written in an editor of its own."""
    return [
        ("text", RichText(f"<p>{said}</p>")),
        ("callout", {"title": "", "text": RichText("<p>Bring ID.</p>")}),
    ]


def files(collection: Any) -> None:
    """A picture and a document with a long name."""
    get_image_model().objects.create(title="The quay", file=get_test_image_file(), collection=collection)
    get_document_model().objects.create(
        title="Terms of Reference",
        file=ContentFile(b"x", "terms-of-reference-2026.pdf"),
        collection=collection,
    )


def offer(firm: Firm, to: str) -> Any:
    return OfferFirmAction(firm=firm, to=make_region(to), actor=SYSTEM, now=timezone.now()).run()


def invite(role: Invitation.Role, region: str, by: Any) -> Invitation:
    invited = Invited(
        email="new@people.example", name="New One", language="en", role=role, region=make_region(region)
    )
    found: Invitation = InviteAction(invited=invited, actor=by, now=timezone.now()).run()
    return found


def home() -> dict[str, str]:
    return {"home": reverse("wagtailadmin_home")}


def edit(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def empty() -> dict[str, str]:
    names = ("directory_proposal", "directory_importrun", "directory_membership")
    lists = {name: reverse(f"{name}_modeladmin_index") for name in names}
    return lists | {"people": reverse("hub_people"), "images": reverse("wagtailimages:index")}


def of_the_lead(
    who: dict[str, Any], section: Any, waits: Firm, firm: Firm, offered: Any, taken: Any
) -> dict[str, str]:
    term = LeadTerm.objects.get(user=who["deputy"])
    compared = reverse("wagtailadmin_pages:revisions_compare", args=[section.pk, "live", "latest"])
    return {
        **home(),
        "people": reverse("hub_people"),
        "invite": reverse("hub_invite_editor", args=[term.region_id]),
        "replace": reverse("hub_replace", args=[term.pk]),
        "end": reverse("hub_stand_down", args=[term.pk]),
        "end an editor": reverse(
            "hub_end_editor", args=[RegionalHub.objects.get(region=term.region_id).pk, who["editor"].pk]
        ),
        "still right": reverse(
            "cluster_pages_review_hub", args=[RegionalHub.objects.get(region=term.region_id).pk]
        ),
        "approve a page": edit(section),
        "a page compared": compared,
        "a firm compared": url("revisions_compare", waits.pk, "live", "latest"),
        "approve a firm": url("edit", waits.pk),
        "offers": reverse("directory_firmtransfer_modeladmin_index"),
        "an offer": reverse("directory_transfers:answer", args=[offered.pk]),
        "decline": reverse("directory_transfers:decline", args=[offered.pk]),
        "withdraw": reverse("directory_transfers:withdraw", args=[taken.pk]),
        "offer": url("offer", firm.pk),
        "proposals": reverse("directory_proposal_modeladmin_index"),
        "account": reverse("wagtailadmin_account"),
        "images": reverse("wagtailimages:index"),
        "documents": reverse("wagtaildocs:index"),
        "workflows": reverse("wagtailadmin_reports:workflow"),
        "tasks": reverse("wagtailadmin_reports:workflow_tasks"),
    }


def of_the_coordinator(who: dict[str, Any]) -> dict[str, str]:
    invitation = invite(Invitation.Role.EDITOR, "kent", who["coordinator"])
    return {
        **home(),
        "people": reverse("hub_people"),
        "appoint": reverse("hub_appoint"),
        "withdraw": reverse("hub_withdraw", args=[invitation.pk]),
        "organisations": reverse("hub_partner:index"),
        "a new organisation": reverse("hub_partner:add"),
        "log-ins": reverse("hub_site_user_modeladmin_index"),
        "second factor": reverse("hub_reset_second_factor", args=[who["lead"].pk]),
        "sessions": reverse("hub_end_sessions", args=[who["lead"].pk]),
    }


@in_every_language
def test_axe_finds_nothing_on_anybodys_screens(
    page: Page, walk: Walk, live_server: LiveServer, language: str, width: int
) -> None:
    found: list[str] = []
    for person, screens in walk:
        let_in(page, live_server.url, speak(person, language))
        for name, path in screens.items():
            where = f"{name} of {person} in {language}"
            open_at(page, live_server.url + path, width)
            assert page.url.endswith(path), f"{where}: sent to {page.url}"
            found += faults(page, where)
            assert_fits_a_phone(page, where)
    assert not found, "\n".join(found)


def test_where_somebody_writes_is_called_by_its_label_in_their_language(
    page: Page, walk: Walk, live_server: LiveServer
) -> None:
    lead, screens = walk[0]
    for language, name in (("en", "Text"), ("fr", "Texte"), ("nl", "Tekst")):
        let_in(page, live_server.url, speak(lead, language))
        page.goto(live_server.url + screens["approve a page"])
        expect(page.get_by_role("textbox", name=name, exact=True)).to_have_count(2)
