"""Owns the proof that no form for firms breaks, whatever it is sent, and that what was typed is harmless."""

from collections.abc import Callable

import pytest
from django.test import Client

from directory.models import Firm, Proposal
from directory.proposing.addresses import REMOVE_FIRM, STATUS, STILL_RIGHT, YOUR_FIRM, path_to
from hub.models import ClusterState, OutgoingMail
from tests.directory.builders import make_cluster, make_firm, make_region
from tests.directory.proposing import SENDER, form_values, mails, propose

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
HOSTILE = {
    "long": "x" * 20_001,
    "control": "a\x00b\x1b[31m\u202e",
    "header": "Grace\r\nBcc: victim@elsewhere.example",
    "link": "see https://evil.example/now",
    "script": SCRIPT,
    "surrogate": "\ud800".encode("utf-8", "surrogatepass"),
}
WHO = {"sender_name": "Grace", "sender_email": SENDER}


def of_firm(kind: str) -> Callable[[], str]:
    return lambda: f"/en/firms/{make_firm('Hopshed Lane', published=True).slug}/propose/{kind}/"


def listing() -> str:
    make_region("kent")
    return "/en/list-your-firm/"


def joining() -> str:
    make_cluster("food-drink", state=ClusterState.ACTIVE)
    return f"/en/join/food-drink/?firm={make_firm('Hopshed Lane', published=True).slug}"


def own() -> str:
    firm = make_firm("Hopshed Lane", email="info@firm.example", published=True)
    return path_to(YOUR_FIRM, "en", proposal=propose("mine", firm=firm).pk)


def more() -> str:
    proposal = propose("list", firm_name="Hopshed", changes={}, note="x")
    return path_to(STATUS, "en", proposal=proposal.pk) + "more/"


FORMS: dict[str, Callable[[], str]] = {
    **{kind: of_firm(kind) for kind in ("correct", "closed", "duplicate", "remove", "mine")},
    "list": listing,
    "join": joining,
    "own": own,
    "more": more,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("what", HOSTILE)
def test_whatever_a_field_is_sent_the_answer_is_a_page(client: Client, form: str, what: str) -> None:
    path = FORMS[form]()
    known = form_values(client, path)
    before = Proposal.objects.count()
    typed = [name for name in known if not name.startswith("initial-")][:12]
    for changed in (dict.fromkeys(known, HOSTILE[what]), *({name: HOSTILE[what]} for name in typed)):
        answer = client.post(path, known | WHO | changed)
        # A link that took what it was sent is used up.
        assert answer.status_code in (302, 400, 410), (changed.keys(), answer.status_code)
        assert SCRIPT not in answer.content.decode()
    for mail in OutgoingMail.objects.order_by("pk"):
        assert "\n" not in mail.subject and "\r" not in mail.to + mail.reply_to
        assert "victim" not in mail.to
    if what in ("control", "header") and form not in ("own", "more"):
        told = Proposal.objects.order_by("pk")[before:]
        assert not [each for each in told if set("\r\n\x00\x1b") & set(each.sender_name + each.sender_email)]


@pytest.mark.parametrize("form", FORMS)
def test_ten_megabytes_are_refused_before_they_are_read(client: Client, form: str) -> None:
    client.raise_request_exception = False
    answer = client.post(FORMS[form](), {**WHO, "note": "x" * 10_000_000, "description": "x"})
    assert answer.status_code in (400, 413)


@pytest.mark.parametrize("form", FORMS)
def test_a_robot_that_fills_in_everything_is_turned_away(client: Client, form: str) -> None:
    path = FORMS[form]()
    before = Proposal.objects.count()
    answer = client.post(path, form_values(client, path) | WHO | {"headline": "Buy now", "agrees": "on"})
    assert answer.status_code == 400
    assert Proposal.objects.count() == before


def test_what_was_typed_is_kept_and_shown_as_text(client: Client) -> None:
    path = of_firm("correct")()
    page = client.post(path, form_values(client, path) | {"note": SCRIPT, "town": "Margate"}).content.decode()
    assert SCRIPT not in page and "&lt;script&gt;" in page and 'value="Margate"' in page
    assert "2 things have to be put right" in page


def test_scripts_in_a_proposal_are_text_on_every_screen(client: Client, admin: Client) -> None:
    firm = make_firm("Hopshed Lane", published=True)
    path = f"/en/firms/{firm.slug}/propose/correct/"
    sent = client.post(path, form_values(client, path) | WHO | {"note": SCRIPT, "town": SCRIPT})
    proposal = Proposal.objects.get()
    for address in (
        sent.headers["Location"],
        f"/admin/directory/proposals/{proposal.pk}/",
        f"/admin/directory/proposals/{proposal.pk}/return/",
        "/admin/directory/proposal/",
    ):
        assert SCRIPT not in admin.get(address).content.decode()


def test_a_stranger_cannot_make_the_hub_pass_on_words_to_a_third_person(client: Client) -> None:
    client.post(
        listing(),
        {
            "name": "You won, call 0900-1",
            "sender_email": "victim@elsewhere.example",
            "town": "Town of words",
            "region": make_region("kent").pk,
            "description": "Words of a stranger",
            "website": "",
            "nonce": "n",
        },
    )
    mail = mails("directory.proposal.received")[0]
    words = ("You won", "Town of words", "Words of a stranger")
    assert not [each for each in words if each in mail.subject + mail.body]


@pytest.mark.parametrize("purpose", [YOUR_FIRM, REMOVE_FIRM, STATUS, STILL_RIGHT])
@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "é", "x" * 5_000, "eyJ9:1:2"])
def test_no_token_breaks_a_page(client: Client, purpose: str, token: str) -> None:
    path = path_to(purpose, "en", proposal=1).rsplit("/", 2)[0] + f"/{token}/"
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code in (403, 404, 410)


def test_kinds_that_have_no_form_are_no_pages(client: Client) -> None:
    firm = make_firm(published=True)
    for kind in ("list", "join", "CORRECT", "x"):
        assert client.get(f"/en/firms/{firm.slug}/propose/{kind}/").status_code == 404


@pytest.mark.parametrize(
    "query", ["firm=%00", "firm=a&q=%00", "q=" + "x" * 3_000, "q=%22%27%3C%3E-%2D", "cluster=%00"]
)
def test_no_query_breaks_a_page(client: Client, query: str) -> None:
    joining()
    for path in ("/en/join/food-drink/", "/en/list-your-firm/"):
        assert client.get(f"{path}?{query}").status_code == 200


def test_one_form_sent_twice_is_one_proposal_and_a_changed_one_another(client: Client) -> None:
    firm = make_firm(published=True)
    path = f"/en/firms/{firm.slug}/propose/closed/"
    sent = form_values(client, path) | WHO
    first, second = client.post(path, sent), client.post(path, sent)
    assert Proposal.objects.count() == 1
    assert len(mails("directory.proposal.received")) == 1
    assert [each.status_code for each in (first, second)] == [302, 302]
    client.post(path, sent | {"note": "Since May."})
    assert Proposal.objects.count() == 2
    client.post(path, sent | {"sender_email": "other@sender.example"})
    assert Proposal.objects.count() == 3
    assert Firm.objects.get().live
