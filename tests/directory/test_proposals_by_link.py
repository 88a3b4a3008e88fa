"""Owns the proof of what a firm does itself through links: edit, leave, confirm; each works once."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from directory.actions.answering import AcceptProposalAction
from directory.actions.own_firm import ConfirmRemovalAction, LinkUsed, SaveOwnFirmAction
from directory.actions.proposing import FirmGone
from directory.models import Confirmation, Firm, Proposal, Removal
from directory.proposing import Change
from directory.proposing.addresses import REMOVE_FIRM, STATUS, STILL_RIGHT, YOUR_FIRM, path_to
from directory.upkeep import ask_still_right, forget_words, lapse_links
from hub.actions import SYSTEM
from hub.models import Region
from tests.directory.builders import (
    NOW,
    make_capability,
    make_contact,
    make_firm,
    make_region,
    make_sector,
)
from tests.directory.importing import import_rows, make_row
from tests.directory.proposing import SENDER, answer_url, form_values, link_in, mails, propose, send

pytestmark = pytest.mark.django_db


def test_i_work_here_goes_to_the_address_on_file_and_becomes_a_draft_that_waits(
    client: Client, admin: Client
) -> None:
    make_capability("brewing")
    firm = make_firm("Hopshed Lane", texts={"en": "We brew."}, email="info@hopshed.example", published=True)
    make_contact(firm, email="ada@private.example")
    visitor = Client()

    sent = send(visitor, firm, "mine")
    link = mails("directory.firm.edit_link")[0]
    assert link.to == "info@hopshed.example"  # never to a person who may have come by a merge
    path = link_in(link, "/your-firm/")
    values = form_values(visitor, path) | {"description_fr": "Nous brassons.", "capabilities": ["brewing"]}
    saved = visitor.post(path, values)
    assert saved.status_code == 302

    live = Firm.objects.get()
    assert live.has_unpublished_changes and not live.profiles.filter(language="fr").exists()
    request, correction = Proposal.objects.order_by("pk")
    assert (request.state, correction.state) == (Proposal.State.CONFIRMED, Proposal.State.WAITING)
    assert correction.sender_email == "info@hopshed.example"
    assert set(correction.changes) == {"description_fr", "capabilities"}
    status_page = visitor.get(sent.headers["Location"]).content.decode()
    assert "ada@private.example" not in status_page and "info@hopshed.example" not in status_page
    assert "Nous brassons." in admin.get(answer_url(correction)).content.decode()
    admin.post(answer_url(correction), {"way": "publish"})

    live.refresh_from_db()
    assert live.profiles.get(language="fr").description == "Nous brassons."
    assert [term.slug for term in live.capabilities.all()] == ["brewing"]
    assert not live.has_unpublished_changes


def test_a_stranger_reads_the_same_whether_or_not_there_is_an_address(client: Client) -> None:
    pages = []
    for firm in (make_firm("One", email="one@firm.example"), make_firm("Two")):
        for kind in ("mine", "remove"):
            answer = send(client, firm, kind)
            page = client.get(answer.headers["Location"]).content.decode().replace(firm.name, "X")
            pages.append((kind, page[page.index("How it stands") : page.index("</section>")]))
    assert len(set(pages)) == 2
    assert "one@firm.example" not in str(pages)
    bodies = [each.body.split("http")[0] for each in mails("directory.proposal.received")]
    received = [each.replace("One", "X").replace("Two", "X") for each in bodies]
    assert len(set(received)) == 2


def test_without_an_address_the_coordinator_lets_the_sender_edit_once(client: Client, admin: Client) -> None:
    firm = make_firm(published=True)
    proposal = propose("mine", firm=firm)
    assert not mails("directory.firm.edit_link") and mails("directory.proposal.waiting")

    admin.post(answer_url(proposal), {"way": "publish"})
    link = mails("directory.firm.edit_link")[0]
    assert link.to == SENDER
    path = link_in(link, "/your-firm/")
    client.post(path, form_values(client, path) | {"town": "Deal"})

    assert Proposal.objects.get(kind="correct").changes["town"]["after"] == "Deal"
    assert client.get(path).status_code == 410


def test_what_a_firm_saves_never_covers_the_draft_of_an_editor(client: Client) -> None:
    firm = make_firm(email="info@firm.example", town="Kent", published=True)
    firm.town = "Words of an editor"
    draft = firm.save_revision()
    propose("mine", firm=firm)
    path = link_in(mails("directory.firm.edit_link")[0], "/your-firm/")

    client.post(path, form_values(client, path) | {"town": "Deal"})

    assert Firm.objects.get().latest_revision_id == draft.pk
    assert Proposal.objects.get(kind="correct").revision is None


def test_a_firm_removes_itself_and_no_import_brings_it_back(client: Client) -> None:
    make_region("united-kingdom", scheme=Region.Scheme.COUNTRY, code="GB", other_codes=["UK"])
    make_region("belgium", scheme=Region.Scheme.COUNTRY, code="BE")
    make_region("east-flanders", parent="belgium", scheme=Region.Scheme.NUTS, code="BE23")
    make_sector("food-drink")
    make_sector("electronics")
    make_capability("brewing")
    row = make_row(firm="Hopshed Lane", website="https://hopshed.example/")
    import_rows(row)
    firm = Firm.objects.get()
    make_contact(firm, email="ada@private.example")
    propose("correct", firm=firm, note="My words.")
    sent = send(client, firm, "remove")
    link = mails("directory.firm.remove_link")[0]
    assert link.to == "ada@private.example"
    path = link_in(link, "/remove-firm/")

    page = client.get(path).content.decode()
    assert Firm.objects.exists() and "1 contact person" in page
    assert client.post(path).status_code == 302

    assert not Firm.objects.exists()
    assert Removal.objects.exists()
    report = import_rows(row)
    assert report.refused["removed"] == 1
    assert not Firm.objects.exists()
    told = list(Proposal.objects.values_list("firm_name", "sender_name", "sender_email", "note", "changes"))
    assert set(map(str, told)) == {str(("", "", "", "", {}))}
    assert {each.state for each in Proposal.objects.order_by("pk")} == {"lapsed", "confirmed"}
    assert client.get(path).status_code == 410
    standing = client.get(sent.headers["Location"]).content.decode()
    assert "Done by the firm itself" in standing and "left the register for good" in standing
    assert [each.to for each in mails("directory.proposal.confirmed")] == [SENDER]


def test_a_removal_is_confirmed_once() -> None:
    request = propose("remove", firm=make_firm(email="info@firm.example"))
    ConfirmRemovalAction(request=request, now=NOW).run()
    with pytest.raises(LinkUsed):
        ConfirmRemovalAction(request=request, now=NOW).run()


def test_once_a_year_a_firm_is_asked_and_confirms_with_one_click(client: Client) -> None:
    long_ago = NOW - timedelta(days=400)
    asked = make_firm("Hopshed", email="info@hopshed.example", languages=["fr"], confirmed_at=long_ago)
    make_firm("No address", confirmed_at=long_ago)
    make_firm("Fresh", email="info@fresh.example", confirmed_at=NOW - timedelta(days=300))
    with time_machine.travel(NOW, tick=False):
        assert [ask_still_right(NOW), ask_still_right(NOW)] == [1, 0]
        mail = mails("directory.firm.still_right")[0]
        assert (mail.to, mail.language) == ("info@hopshed.example", "fr")
        path = link_in(mail, "/still-right/")
        client.get(path)
        assert Confirmation.objects.filter(firm=asked).count() == 1
        assert client.post(path).status_code == 200
        used = client.post(path)

    assert used.status_code == 410
    assert Confirmation.objects.filter(firm=asked, is_by_firm=True, by=None).count() == 1
    assert ask_still_right(NOW + timedelta(days=366)) == 2


def test_a_firm_that_does_not_answer_is_asked_again_a_year_later() -> None:
    make_firm(email="info@firm.example", confirmed_at=NOW)
    moments = [NOW + timedelta(days=days) for days in (366, 400, 729, 731, 740)]
    assert [ask_still_right(moment) for moment in moments] == [1, 0, 0, 1, 0]


def test_when_nobody_is_due_that_is_one_question_however_many_were_asked(
    django_assert_num_queries: Any,
) -> None:
    for number in range(12):
        make_firm(email=f"info@firm{number}.example", confirmed_at=NOW - timedelta(days=400))
    assert ask_still_right(NOW) == 12

    with django_assert_num_queries(1):
        assert ask_still_right(NOW + timedelta(hours=1)) == 0


LINKS = {YOUR_FIRM: "mine", REMOVE_FIRM: "remove"}


@pytest.mark.parametrize("purpose", LINKS)
def test_links_that_were_changed_or_made_for_something_else_are_refused(client: Client, purpose: str) -> None:
    firm = make_firm(email="info@firm.example")
    proposal = propose(LINKS[purpose], firm=firm)
    good = path_to(purpose, "en", proposal=proposal.pk)
    others = [other for other in (YOUR_FIRM, REMOVE_FIRM, STATUS, STILL_RIGHT) if other != purpose]
    swapped = [
        good.rsplit("/", 2)[0] + "/" + path_to(other, "en", proposal=proposal.pk).rsplit("/", 2)[1] + "/"
        for other in others
    ]

    for path in (good[:-2] + "/", good.replace(good[-20:-10], "x" * 10), *swapped):
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code == 403, path
            assert "does not work" in answer.content.decode()
    assert Firm.objects.exists() and Proposal.objects.get().is_open


@pytest.mark.parametrize("purpose", LINKS)
def test_a_link_is_too_old_after_a_day_and_leads_to_another(client: Client, purpose: str) -> None:
    firm = make_firm(email="info@firm.example")
    with time_machine.travel(NOW, tick=False):
        path = path_to(purpose, "en", proposal=propose(LINKS[purpose], firm=firm).pk)
    with time_machine.travel(NOW + timedelta(hours=23), tick=False):
        assert client.get(path).status_code == 200
    with time_machine.travel(NOW + timedelta(hours=25), tick=False):
        answers = [client.get(path), client.post(path)]

    assert [each.status_code for each in answers] == [410, 410]
    assert f"/en/firms/{firm.slug}/propose/{LINKS[purpose]}/" in answers[0].content.decode()
    assert Firm.objects.exists()


def test_a_link_opens_the_firm_it_was_made_for_and_no_other(client: Client) -> None:
    mine, other = make_firm("Mine", email="a@firm.example"), make_firm("Other", email="b@firm.example")
    path = path_to(YOUR_FIRM, "en", proposal=propose("mine", firm=mine).pk)

    client.post(path, form_values(client, path) | {"town": "Deal", "firm": other.pk, "slug": other.slug})

    assert [each.firm for each in Proposal.objects.filter(kind="correct")] == [mine]
    assert not Firm.objects.get(pk=other.pk).has_unpublished_changes


def test_a_link_for_a_request_that_was_withdrawn_does_nothing(client: Client) -> None:
    firm = make_firm(email="info@firm.example")
    proposal = propose("remove", firm=firm)
    client.post(path_to(STATUS, "en", proposal=proposal.pk))

    assert client.post(path_to(REMOVE_FIRM, "en", proposal=proposal.pk)).status_code == 410
    assert Firm.objects.exists()


def test_unused_links_lapse_and_what_was_written_is_erased_after_90_days() -> None:
    firm = make_firm(email="info@firm.example")
    proposal = propose("mine", firm=firm, note="I am the owner.")
    assert lapse_links(NOW + timedelta(hours=23)) == 0
    assert lapse_links(NOW + timedelta(hours=25)) == 1
    assert forget_words(NOW + timedelta(days=90)) == 0
    assert forget_words(NOW + timedelta(days=92)) == 1

    proposal.refresh_from_db()
    assert (proposal.state, proposal.kind, proposal.firm) == ("lapsed", "mine", firm)
    assert not (proposal.sender_name or proposal.sender_email or proposal.note or proposal.firm_name)
    assert forget_words(NOW + timedelta(days=93)) == 0


def test_what_a_firm_saved_never_brings_it_back_once_it_is_off_the_site() -> None:
    firm = make_firm(email="info@firm.example", published=True)
    saved = SaveOwnFirmAction(
        request=propose("mine", firm=firm), changes={"town": Change("", "Deal")}, now=NOW
    ).run()
    AcceptProposalAction(proposal=propose("closed", firm=firm), actor=SYSTEM, now=NOW).run()

    with pytest.raises(FirmGone):
        AcceptProposalAction(proposal=saved, actor=SYSTEM, now=NOW).run()
    assert not Firm.objects.get().live
