"""Owns the proof that those who answer for the region of a firm change it, and that nobody else does."""

import logging
from collections.abc import Callable
from typing import Any

import pytest

from directory.actions.adding import AddFirmAction
from directory.actions.confirming import ConfirmFirmAction
from directory.actions.contacts import RemoveContactPersonAction, SaveContactPersonAction
from directory.actions.membership import EndMembershipAction, JoinClusterAction, RemoveMembershipAction
from directory.actions.merging import MergeFirmsAction, UndoMergeAction
from directory.actions.moving import MoveFirmAction
from directory.actions.removing import RemoveFirmAction
from directory.actions.renaming import RenameFirmAction
from directory.models import ContactPerson, Firm, Merge
from hub.actions import SYSTEM, Action, NotAllowed
from hub.models import LeadTerm
from tests.directory.admin import five, url
from tests.directory.builders import NOW, make_cluster, make_contact, make_firm, make_membership, make_region
from tests.directory.merging import merge
from tests.directory.walls import KEEPERS, STRANGERS, browser_of, kent, register, said_to
from tests.hub.people import again, make_coordinator, make_editor, make_lead

pytestmark = pytest.mark.django_db
SECRET = "Quixotic Draft Brewers"


def person_of(firm: Firm, **values: Any) -> ContactPerson:
    person = firm.contact_persons.get()
    for name, value in values.items():
        setattr(person, name, value)
    return person


# What everybody sees at once, and what goes for good.
PUBLIC: dict[str, Callable[[Firm, Any], Action]] = {
    "confirm": lambda firm, by: ConfirmFirmAction(firm=firm, actor=by, now=NOW),
    "rename": lambda firm, by: RenameFirmAction(firm=firm, slug="other", actor=by, now=NOW),
    "join": lambda firm, by: JoinClusterAction(
        firm=firm, cluster=make_cluster("materials"), from_date=NOW.date(), actor=by, now=NOW
    ),
    "end": lambda firm, by: EndMembershipAction(
        membership=firm.memberships.get(), to_date=NOW.date(), actor=by, now=NOW
    ),
    "leave": lambda firm, by: RemoveMembershipAction(membership=firm.memberships.get(), actor=by, now=NOW),
    "show a person": lambda firm, by: SaveContactPersonAction(
        person=person_of(firm, is_name_public=True), actor=by, now=NOW
    ),
    "remove": lambda firm, by: RemoveFirmAction(firm=firm, actor=by, now=NOW),
}
PRIVATE: dict[str, Callable[[Firm, Any], Action]] = {
    "change a person": lambda firm, by: SaveContactPersonAction(
        person=person_of(firm, name="Grace"), actor=by, now=NOW
    ),
    "erase a person": lambda firm, by: RemoveContactPersonAction(person=person_of(firm), actor=by, now=NOW),
}
EVERY = PUBLIC | PRIVATE
SCREENS = {
    "rename": {"slug": "other"},
    "confirm": {},
    "move": {"region": "1"},
    "add_contact": {"name": "Grace"},
    "join": {"from_date": "2026-01-01"},
    "merge": {},
}


def make_full_firm(**values: Any) -> Firm:
    """A firm of Kent with a person and a membership."""
    firm = make_firm(region=kent(), published=True, **values)
    make_contact(firm)
    make_membership(firm)
    return firm


@pytest.mark.parametrize("who", STRANGERS)
def test_whom_a_firm_does_not_concern_changes_nothing_of_it(who: str) -> None:
    firm = make_full_firm()
    person = STRANGERS[who]()
    make_cluster("materials")
    before = register()

    for action in EVERY.values():
        with pytest.raises(NotAllowed):
            action(firm, person).run()

    assert register() == before


@pytest.mark.parametrize("what", EVERY)
@pytest.mark.parametrize("who", KEEPERS)
def test_who_answers_for_a_firm_may_do_everything_to_it(what: str, who: str) -> None:
    firm = make_full_firm()
    person = KEEPERS[who]()

    EVERY[what](firm, person).run()


@pytest.mark.parametrize("what", EVERY)
def test_an_editor_changes_what_nobody_sees_and_no_more(what: str) -> None:
    firm = make_full_firm()
    editor = make_editor("kent")
    before = register()

    if what in PRIVATE:
        PRIVATE[what](firm, editor).run()
        return
    with pytest.raises(NotAllowed):
        PUBLIC[what](firm, editor).run()
    assert what == "join" or register() == before


def test_a_person_that_everybody_sees_is_hidden_and_erased_by_those_who_publish() -> None:
    firm = make_full_firm()
    firm.contact_persons.update(is_email_public=True)
    editor = make_editor("kent")

    for action in (
        SaveContactPersonAction(person=person_of(firm, is_email_public=False), actor=editor, now=NOW),
        RemoveContactPersonAction(person=person_of(firm), actor=editor, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            action.run()

    assert firm.contact_persons.get().is_email_public


def test_the_region_that_counts_is_the_one_of_this_moment() -> None:
    """Two screens were open while the firm moved: only that of the new lead still changes something."""
    seen = make_full_firm()
    old, new = make_lead("kent"), make_lead("zeeland")
    MoveFirmAction(firm=Firm.objects.get(pk=seen.pk), to=make_region("zeeland"), actor=SYSTEM, now=NOW).run()

    with pytest.raises(NotAllowed):
        RenameFirmAction(firm=seen, slug="of-kent", actor=old, now=NOW).run()
    RenameFirmAction(firm=seen, slug="of-zeeland", actor=new, now=NOW).run()

    assert Firm.objects.get(pk=seen.pk).slug == "of-zeeland"


def test_a_term_that_ends_ends_what_its_holder_may_do() -> None:
    firm, lead = make_full_firm(), make_lead("kent")
    LeadTerm.objects.filter(user=lead).update(to_date="2026-01-02")

    with pytest.raises(NotAllowed):
        ConfirmFirmAction(firm=firm, actor=again(lead), now=NOW).run()

    assert not firm.confirmations.exists()


@pytest.mark.parametrize(
    ("region", "words"),
    [
        ("kent", "This firm belongs to Kent. Its lead can change it, or you can propose a change."),
        (None, "This firm belongs to no region yet. The coordinator can change it."),
    ],
)
def test_a_refusal_says_to_whom_to_turn(region: str | None, words: str) -> None:
    firm = make_firm(region=region, published=True)

    with pytest.raises(NotAllowed, match=words):
        ConfirmFirmAction(firm=firm, actor=make_lead("zeeland"), now=NOW).run()


def test_an_editor_is_told_who_publishes() -> None:
    with pytest.raises(NotAllowed, match="for the lead of Kent, and for the deputy"):
        ConfirmFirmAction(firm=make_full_firm(), actor=make_editor("kent"), now=NOW).run()


# Moving, merging


@pytest.mark.parametrize("who", [*STRANGERS, *KEEPERS])
def test_only_coordinators_move_a_firm_without_asking(who: str) -> None:
    firm = make_full_firm()
    person = (STRANGERS | KEEPERS)[who]()
    move = MoveFirmAction(firm=firm, to=make_region("zeeland"), actor=person, now=NOW)

    if who in ("coordinator", "administrator"):
        move.run()
    else:
        with pytest.raises(NotAllowed):
            move.run()

    moved = Firm.objects.get(pk=firm.pk).region == make_region("zeeland")
    assert moved == (who in ("coordinator", "administrator"))


def test_two_firms_are_merged_and_parted_by_who_answers_for_both() -> None:
    here, there, near = make_full_firm(), make_firm(region="zeeland"), make_firm(region="kent")
    lead, editor = make_lead("kent"), make_editor("kent")

    for person, kept, other in ((lead, here, there), (lead, there, here), (editor, here, near)):
        with pytest.raises(NotAllowed):
            MergeFirmsAction(kept=kept, other=other, actor=person, now=NOW).run()
    MergeFirmsAction(kept=here, other=near, actor=lead, now=NOW).run()
    UndoMergeAction(merge=Merge.objects.get(), actor=lead, now=NOW).run()
    MergeFirmsAction(kept=here, other=there, actor=make_coordinator(), now=NOW).run()
    across = Merge.objects.get(undone_at=None)
    for refused in (
        UndoMergeAction(merge=across, actor=lead, now=NOW),
        RemoveFirmAction(firm=here, actor=lead, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            refused.run()

    assert Firm.objects.count() == 3


def test_the_screen_of_a_merge_offers_and_shows_firms_of_ones_own_regions_only() -> None:
    mine = make_firm("Quixotic", region="kent")
    make_firm("Quixotic Kent", region="kent", live=False)
    other = make_firm(SECRET, region="zeeland", live=False, email="hidden@secret.example")
    browser = browser_of(make_lead("kent"))

    offered = said_to(browser, f"{url('merge', mine.pk)}?q=quixotic")
    compared = said_to(browser, url("merge_with", mine.pk, other.pk))
    said_to(browser, url("merge_with", mine.pk, other.pk), {"name": "other"})

    assert "Quixotic Kent" in offered
    assert SECRET not in offered + compared
    assert "hidden@secret.example" not in compared
    assert not Merge.objects.exists()


def test_a_lead_reads_why_a_firm_stays_into_which_one_of_another_region_was_merged() -> None:
    firm = make_firm("Ours", region="kent")
    merge(firm, make_firm("Theirs", region="zeeland"), now=NOW)

    with pytest.raises(NotAllowed, match="of another region was merged into this one"):
        RemoveFirmAction(firm=firm, actor=make_lead("kent"), now=NOW).run()

    assert Firm.objects.filter(pk=firm.pk).exists()


# Screens


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("who", STRANGERS)
def test_a_screen_says_nothing_of_a_firm_to_whom_it_does_not_concern(
    who: str, screen: str, caplog: pytest.LogCaptureFixture
) -> None:
    firm = make_full_firm(name=SECRET)
    Firm.objects.filter(pk=firm.pk).update(live=False)
    browser, before = browser_of(STRANGERS[who]()), register()
    caplog.set_level(logging.INFO, "hub.refused")

    told = said_to(browser, url(screen, firm.pk)) + said_to(browser, url(screen, firm.pk), SCREENS[screen])

    assert SECRET not in told
    assert register() == before
    if who not in ("somebody without a role", "former lead of Kent"):  # these do not even enter the admin
        assert {each.__dict__["reason"] for each in caplog.records} == {"NotAllowed"}
        assert SECRET not in caplog.text


def test_a_lead_uses_every_screen_of_a_firm_of_hers_but_the_one_that_moves_it_at_once() -> None:
    firm = make_full_firm(name=SECRET)
    browser = browser_of(make_lead("kent"))

    shown = {screen for screen in SCREENS if SECRET in said_to(browser, url(screen, firm.pk))}
    said_to(browser, url("rename", firm.pk), {"slug": "brewers"})

    assert shown == SCREENS.keys() - {"move"}
    assert Firm.objects.get(pk=firm.pk).slug == "brewers"


# Adding


def add(region: str, by: Any, **values: Any) -> Firm:
    given = {"name": "New", "region": make_region(region)} | values
    firm: Firm = AddFirmAction(**given, actor=by, now=NOW).run()
    return firm


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_else_adds_a_firm_to_a_region(who: str) -> None:
    kent()
    with pytest.raises(NotAllowed, match="You may not add firms in Kent"):
        add("kent", STRANGERS[who]())

    assert not Firm.objects.exists()


@pytest.mark.parametrize("who", [*KEEPERS, "editor of Kent"])
def test_who_answers_for_a_region_and_its_editors_add_a_draft(who: str) -> None:
    kent()
    person = make_editor("kent") if who == "editor of Kent" else KEEPERS[who]()

    assert not add("kent", person).live


def test_the_form_for_a_new_firm_offers_ones_own_regions() -> None:
    make_region("zeeland", name_en="Zeeland of others")
    browser = browser_of(make_editor("kent"))

    form = said_to(browser, url("add"))
    said_to(browser, url("add"), five(name="Sneaked in", region=make_region("zeeland").pk))
    said_to(browser, url("add"), five(name="Mine"))

    assert "Zeeland of others" not in form
    assert [firm.name for firm in Firm.objects.all()] == ["Mine"]


def test_who_adds_a_firm_sees_public_ones_everywhere_and_drafts_of_ones_own_regions() -> None:
    make_firm("Quixotic Public", region="zeeland", slug="public")
    make_firm("Quixotic Here", region="kent", live=False)
    make_firm(SECRET, region="zeeland", live=False)
    browser = browser_of(make_editor("kent"))

    near = said_to(browser, f"{url('near')}?name=quixotic")
    form = said_to(browser, url("add"), five(name="Quixotic"))

    for told in (near, form):
        assert "Quixotic Public" in told
        assert "Quixotic Here" in told
        assert SECRET not in told
    assert "/firms/public/" in near


def test_a_draft_of_others_that_is_the_same_firm_hinders_nobody() -> None:
    make_firm("New", region="zeeland", live=False)

    assert add("kent", make_editor("kent")).name == "New"
