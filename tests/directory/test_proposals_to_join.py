"""Owns the proof of how a firm asks to be listed, tells more of itself, and joins a cluster."""

from typing import Any

import pytest
from django.test import Client

from directory.models import ContactPerson, Firm, FormerSlug, Membership, Proposal
from hub.models import ClusterState, ClusterStateChange
from tests.directory.builders import NOW, make_capability, make_cluster, make_firm, make_region
from tests.directory.indexing import index_firms
from tests.directory.proposing import SENDER, answer_url, form_values, mails

pytestmark = pytest.mark.django_db
LIST = "/en/list-your-firm/"


def six(client: Client, path: str = LIST, **changed: Any) -> dict[str, Any]:
    told = {
        "name": "Hopshed Lane",
        "sender_email": SENDER,
        "town": "Faversham",
        "region": make_region("kent").pk,
        "description": "We brew green-hop ales.",
        "website": "hopshed.example",
    }
    return form_values(client, path) | told | changed


@pytest.mark.parametrize("path", [LIST, "/en/firms/hopshed-lane/propose/correct/"])
def test_a_website_that_is_none_is_refused_with_an_example(client: Client, path: str) -> None:
    make_firm("Hopshed Lane", published=True)

    told = client.post(path, six(client, path, website="no address")).content.decode()

    assert "One looks like https://www.example.org" in told and "URL" not in told


def test_six_fields_make_a_firm_once_the_coordinator_has_accepted(client: Client, admin: Client) -> None:
    make_capability("brewing")
    visitor = Client()

    status = visitor.post(LIST, six(visitor)).headers["Location"]
    assert not Firm.objects.exists()
    more = f"{status}more/"
    visitor.post(more, form_values(visitor, more) | {"capabilities": ["brewing"], "description_fr": "Bière."})
    admin.post(answer_url(Proposal.objects.get()), {"way": "publish"})

    firm = Firm.objects.listed().get()
    assert (firm.name, firm.town, firm.website) == ("Hopshed Lane", "Faversham", "https://hopshed.example")
    assert (str(firm.region), [term.slug for term in firm.capabilities.all()]) == ("Kent", ["brewing"])
    assert {each.language: each.description for each in firm.profiles.all()} == {
        "en": "We brew green-hop ales.",
        "fr": "Bière.",
    }
    assert SENDER not in visitor.get(firm.get_absolute_url()).content.decode()
    assert ContactPerson.objects.get().email == SENDER
    assert [each.to for each in mails("directory.proposal.accepted")] == [SENDER]
    assert visitor.post(more, form_values(visitor, LIST)).status_code == 410


def test_nobody_accepts_what_the_sender_added_after_the_page_was_opened(
    client: Client, admin: Client
) -> None:
    visitor = Client()
    status = visitor.post(LIST, six(visitor)).headers["Location"]
    proposal = Proposal.objects.get()
    opened = {"way": "publish", "seen": proposal.version}
    more = f"{status}more/"
    visitor.post(more, form_values(visitor, more) | {"description_fr": "Tout autre chose."})

    again = admin.post(answer_url(proposal), opened).content.decode()
    proposal.refresh_from_db()
    assert proposal.state == "waiting" and not Firm.objects.exists()
    assert "Tout autre chose." in again and f'name="seen" value="{proposal.version}"' in again
    admin.post(answer_url(proposal), {"way": "publish", "seen": proposal.version})
    assert Firm.objects.exists()


@pytest.mark.parametrize(
    "told",
    [
        {"name": "HOPSHED LANE Ltd", "website": ""},
        {"name": "Hop Shed Lane", "website": ""},
        {"name": "Something else", "website": "www.hopshed.example/about"},
    ],
)
def test_firms_that_may_be_the_same_are_shown_before_anything_is_sent(
    client: Client, told: dict[str, str]
) -> None:
    firm = make_firm("Hopshed Lane", website="https://hopshed.example/", published=True)
    make_firm("Hopshed Lane", slug="not-listed", live=False)
    index_firms()

    page = client.post(LIST, six(client, **told)).content.decode()
    assert "Is it one of these?" in page
    assert page.count("This is my firm") == 1 and f"/en/firms/{firm.slug}/propose/mine/" in page
    assert "We brew green-hop ales." in page
    assert not Proposal.objects.exists()
    client.post(LIST, six(client, is_new="1", **told))

    assert Proposal.objects.get().kind == "list"


def test_another_firm_is_no_near_match(client: Client) -> None:
    make_firm("Whitstable Oysters", published=True)
    index_firms()
    client.post(LIST, six(client))
    assert Proposal.objects.exists()


def test_a_firm_that_has_left_is_told_so_and_one_that_was_renamed_is_found(client: Client) -> None:
    make_cluster("food-drink", state=ClusterState.ACTIVE)
    firm = make_firm("Hopshed Lane", published=True)
    FormerSlug.objects.create(firm=firm, slug="hopshed")

    assert "For <strong>Hopshed Lane" in client.get("/en/join/food-drink/?firm=hopshed").content.decode()
    firm.unpublish()
    page = client.post(f"/en/join/food-drink/?firm={firm.slug}", {"agrees": "on"}).content.decode()

    assert "This firm is not in the register any more." in page
    assert "any more" not in client.get("/en/join/food-drink/").content.decode()


@pytest.mark.parametrize("state", [ClusterState.ACTIVE, ClusterState.CONSULTING])
def test_a_listed_firm_joins_an_open_cluster(client: Client, admin: Client, state: str) -> None:
    firm = make_firm("Hopshed Lane", published=True)
    cluster = make_cluster("food-drink", state=state)
    index_firms()
    visitor = Client()

    page = visitor.get("/en/join/food-drink/?q=hopshed").content.decode()
    assert "at least two events a year" in page and f"?firm={firm.slug}" in page
    path = f"/en/join/food-drink/?firm={firm.slug}"
    sent = form_values(visitor, path) | {"sender_name": "Grace", "sender_email": SENDER}
    refused = visitor.post(path, sent)
    assert refused.status_code == 400 and "A firm can join only if it agrees" in refused.content.decode()
    assert visitor.post(path, sent | {"agrees": "on"}).status_code == 302
    admin.post(answer_url(Proposal.objects.get()), {"way": "publish"})

    assert Membership.objects.get().cluster == cluster
    assert (
        "already"
        in visitor.post(
            path, form_values(visitor, path) | sent | {"agrees": "on", "nonce": "2"}
        ).content.decode()
    )


def test_a_firm_that_is_not_listed_is_listed_and_joins_in_one_go(client: Client, admin: Client) -> None:
    cluster = make_cluster("food-drink", state=ClusterState.ACTIVE)
    path = f"{LIST}?cluster=food-drink"
    assert path.removeprefix("/en") in client.get("/en/join/food-drink/").content.decode()

    client.post(path, six(client, path))
    admin.post(answer_url(Proposal.objects.get()), {"way": "publish"})

    assert Membership.objects.get().cluster == cluster
    assert Membership.objects.get().firm == Firm.objects.get()


@pytest.mark.parametrize("state", [ClusterState.WINDING_DOWN, ClusterState.CLOSED])
def test_a_cluster_that_is_over_says_why_and_takes_nobody(client: Client, state: str) -> None:
    firm = make_firm(published=True)
    cluster = make_cluster("mechatronics", state=state)
    ClusterStateChange.objects.create(
        cluster=cluster, state=state, date=NOW.date(), note_en="Firms do not see themselves in it."
    )

    for answer in (
        client.get("/en/join/mechatronics/"),
        client.post(f"/en/join/mechatronics/?firm={firm.slug}", {"sender_email": SENDER, "agrees": "on"}),
    ):
        assert answer.status_code == 410
        assert "Firms do not see themselves in it." in answer.content.decode()
    client.post(f"{LIST}?cluster=mechatronics", six(client))
    assert Proposal.objects.get().cluster is None


def test_a_cluster_that_closes_while_a_proposal_waits_takes_nobody_either(
    client: Client, admin: Client
) -> None:
    firm = make_firm(published=True)
    cluster = make_cluster("food-drink", state=ClusterState.ACTIVE)
    path = f"/en/join/food-drink/?firm={firm.slug}"
    told = {"sender_name": "Grace", "sender_email": SENDER, "agrees": "on"}
    client.post(path, form_values(client, path) | told)
    cluster.state = ClusterState.CLOSED
    cluster.save()

    answer = admin.post(answer_url(Proposal.objects.get()), {"way": "publish"}).content.decode()

    assert "takes no new members" in answer
    assert not Membership.objects.exists()
    assert Proposal.objects.get().state == "waiting"
