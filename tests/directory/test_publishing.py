"""Owns the proof that a draft brings back text and never a fact."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import Revision

from directory.models import Confirmation, ContactPerson, Firm, FirmProfile, Membership
from search.models import PendingChange
from tests.directory.builders import (
    NOW,
    make_capability,
    make_contact,
    make_firm,
    make_membership,
    make_region,
    make_sector,
)
from tests.directory.indexing import marked

pytestmark = pytest.mark.django_db


def values(firm: Firm) -> dict[str, Any]:
    """What an editor or a visitor sees of the row, without Wagtail's own bookkeeping."""
    row = Firm.objects.filter(pk=firm.pk).values().get()
    own = ("live", "has_unpublished_changes", "latest_revision_id", "live_revision_id", "last_published_at")
    return {name: value for name, value in row.items() if name not in own}


CHANGES: dict[str, Callable[[], Any]] = {
    "slug": lambda: "another-address",
    "region": lambda: make_region("east-flanders"),
    "source": lambda: "a list",
    "import_key": lambda: "42",
    "is_demo": lambda: True,
    "created_at": lambda: NOW - timedelta(days=900),
    "asked_at": lambda: NOW - timedelta(days=30),
}


def test_every_fact_is_tried_below() -> None:
    assert set(CHANGES) == set(Firm.FACTS)


@pytest.mark.parametrize("fact", Firm.FACTS)
def test_publishing_an_old_draft_does_not_bring_back(fact: str) -> None:
    firm = make_firm(published=True)
    firm.name = "As it was called in the draft"
    draft = firm.save_revision()
    new = CHANGES[fact]()
    Firm.objects.filter(pk=firm.pk).update(**{fact: new})

    draft.publish()
    Revision.objects.get(pk=draft.pk).publish()

    firm = Firm.objects.get(pk=firm.pk)
    assert getattr(firm, fact) == new
    assert firm.name == "As it was called in the draft"


@pytest.mark.parametrize("fact", Firm.FACTS)
def test_unpublishing_a_firm_read_before_the_change_does_not_bring_back(fact: str) -> None:
    firm = make_firm(published=True)
    new = CHANGES[fact]()
    Firm.objects.filter(pk=firm.pk).update(**{fact: new})

    firm.unpublish()

    row = Firm.objects.get(pk=firm.pk)
    assert getattr(row, fact) == new
    assert not row.live


@pytest.mark.parametrize("fact", [*Firm.FACTS, *Firm.LIFE])
def test_no_revision_holds(fact: str) -> None:
    firm = make_firm(published=True)

    assert fact not in firm.save_revision().content


def test_an_old_draft_leaves_the_rows_beside_the_firm_alone() -> None:
    firm = make_firm(published=True)
    ended = make_membership(firm, "mechatronics")
    erased = make_contact(firm)
    draft = firm.save_revision()
    ended.to_date = NOW.date()
    ended.save()
    joined = make_membership(firm, "food-drink")
    erased.delete()
    confirmed = Confirmation.objects.create(firm=firm, at=NOW)

    draft.publish()

    assert set(Membership.objects.values_list("pk", "to_date")) == {
        (ended.pk, NOW.date()),
        (joined.pk, None),
    }
    assert list(Confirmation.objects.all()) == [confirmed]
    assert not ContactPerson.objects.exists()


def test_a_contact_person_is_in_no_revision() -> None:
    firm = make_firm(published=True)
    make_contact(firm, email="erase.me@private.example", phone="+44 1634 123456")
    firm.save_revision(log_action=True).publish()

    kept = json.dumps(list(Revision.objects.values_list("content", flat=True)))

    assert "private.example" not in kept
    assert "1634 123456" not in kept


def test_a_draft_gives_what_it_says_of_texts_studies_tags_and_regions_served() -> None:
    firm = make_firm(
        published=True,
        texts={"en": "We brew.", "fr": "Nous brassons."},
        sectors=["food-drink"],
        capabilities=["brewing"],
        serves=["kent"],
    )
    firm.profiles.set([FirmProfile(language="nl", description="Wij brouwen.")])
    firm.sectors.set([make_sector("energy-environment")])
    firm.capabilities.set([make_capability("brewing"), make_capability("cold-chain")])
    firm.serves.set([make_region("zeeland"), make_region("west-flanders")])
    draft = firm.save_revision()

    assert [profile.language for profile in Firm.objects.get(pk=firm.pk).profiles.order_by("language")] == [
        "en",
        "fr",
    ]
    draft.publish()

    firm = Firm.objects.get(pk=firm.pk)
    assert [(said.language, said.description) for said in firm.profiles.all()] == [("nl", "Wij brouwen.")]
    assert {term.slug for term in firm.sectors.all()} == {"energy-environment"}
    assert {term.slug for term in firm.capabilities.all()} == {"brewing", "cold-chain"}
    assert {region.slug for region in firm.serves.all()} == {"zeeland", "west-flanders"}


def test_an_older_draft_brings_the_older_text_back() -> None:
    firm = make_firm(published=True, texts={"en": "First."}, sectors=["food-drink"])
    first = firm.save_revision()
    firm.profiles.set([FirmProfile(language="en", description="Second."), FirmProfile(language="nl")])
    firm.sectors.clear()
    firm.save_revision().publish()

    Revision.objects.get(pk=first.pk).publish()

    firm = Firm.objects.get(pk=firm.pk)
    assert [(said.language, said.description) for said in firm.profiles.all()] == [("en", "First.")]
    assert [term.slug for term in firm.sectors.all()] == ["food-drink"]


def test_publishing_the_same_draft_twice_is_harmless() -> None:
    firm = make_firm(texts={"en": "Once.", "nl": "Eens."}, capabilities=["brewing"], serves=["kent"])
    draft = firm.save_revision()

    draft.publish()
    once = (values(firm), list(firm.profiles.order_by("language").values("language", "description")))
    Revision.objects.get(pk=draft.pk).publish()
    Revision.objects.get(pk=draft.pk).publish()

    twice = (values(firm), list(firm.profiles.order_by("language").values("language", "description")))
    assert twice == once
    assert firm.firm_capabilities.count() == 1
    assert firm.serves.count() == 1


def test_scheduling_a_draft_from_before_the_first_publication_keeps_the_firm_live() -> None:
    firm = make_firm(live=False)
    firm.go_live_at = timezone.now() + timedelta(days=3)
    early = firm.save_revision()
    firm.go_live_at = None
    firm.save_revision().publish()

    Revision.objects.get(pk=early.pk).publish()

    assert Firm.objects.get(pk=firm.pk).live


def test_an_old_draft_neither_locks_nor_unlocks() -> None:
    firm = make_firm(published=True)
    draft = firm.save_revision()
    Firm.objects.filter(pk=firm.pk).update(locked=True, locked_at=NOW)

    draft.publish()

    assert Firm.objects.get(pk=firm.pk).locked


def test_a_deleted_term_is_gone_from_drafts() -> None:
    firm = make_firm(published=True, sectors=["food-drink", "materials"])
    draft = firm.save_revision()
    make_sector("materials").delete()

    draft.publish()

    assert [term.slug for term in Firm.objects.get(pk=firm.pk).sectors.all()] == ["food-drink"]


@pytest.fixture
def unmarked(db: None) -> Callable[[], None]:
    """Forgets what building the firms has marked."""

    def forget() -> None:
        PendingChange.objects.all().delete()

    return forget


def test_publishing_marks_the_firm(unmarked: Callable[[], None]) -> None:
    firm = make_firm()
    draft = firm.save_revision()
    unmarked()

    draft.publish()

    assert marked() == {firm.pk}


def test_a_draft_marks_nothing(unmarked: Callable[[], None]) -> None:
    firm = make_firm(published=True)
    unmarked()

    firm.save_revision()

    assert marked() == set()


def test_unpublishing_marks_the_firm(unmarked: Callable[[], None]) -> None:
    firm = make_firm(published=True)
    unmarked()

    firm.unpublish()

    assert marked() == {firm.pk}


def test_deleting_a_firm_or_many_marks_them(unmarked: Callable[[], None]) -> None:
    one, two, three = make_firm(), make_firm(), make_firm()
    gone = {one.pk, two.pk, three.pk}
    unmarked()

    one.delete()
    Firm.objects.filter(pk__in=[two.pk, three.pk]).delete()

    assert marked() == gone


def test_scheduled_publishing_and_expiry_go_through_the_same_door(unmarked: Callable[[], None]) -> None:
    start = timezone.now()
    coming = make_firm(live=False)
    coming.go_live_at = start + timedelta(hours=1)
    coming.save_revision().publish()
    going = make_firm(published=True)
    going.expire_at = start + timedelta(hours=1)
    going.save_revision().publish()
    unmarked()

    with time_machine.travel(start + timedelta(hours=2)):
        call_command("publish_scheduled")

    assert Firm.objects.get(pk=coming.pk).live
    assert not Firm.objects.get(pk=going.pk).live
    assert marked() == {coming.pk, going.pk}


def test_publishing_is_logged() -> None:
    firm = make_firm(published=True)
    firm.unpublish()

    actions = [entry.action for entry in registry.get_logs_for_instance(firm)]
    assert {"wagtail.publish", "wagtail.unpublish"} <= set(actions)
