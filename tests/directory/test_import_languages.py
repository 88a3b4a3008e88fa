"""Owns the proof that what an import found is read in the reader's language, not in the uploader's."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from wagtail.users.models import UserProfile

from directory.importing.report import Report
from directory.models import Firm, ImportProblem, ImportRun
from tests.directory.builders import make_firm
from tests.directory.importing import NOW, import_rows, make_csv, make_row
from tests.directory.uploading import State, page_of, tried, upload, url, work_uploads

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]


def speaks(person: str, language: str) -> None:
    user, _made = get_user_model().objects.get_or_create(
        username=person, defaults={"is_staff": True, "is_superuser": True}
    )
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})


@pytest.fixture
def french(admin: Client) -> Client:
    speaks("admin", "fr")
    return admin


@pytest.fixture
def dutch() -> Client:
    client = Client()
    speaks("piet", "nl")
    client.force_login(get_user_model().objects.get(username="piet"))
    return client


def downloaded(reader: Client, run: ImportRun) -> str:
    answer = reader.get(url("problems", run.pk))
    with override("en"):  # rows are sent when the view, and its language, are over
        return b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]


def test_screen_and_download_speak_the_language_of_who_reads_them(french: Client, dutch: Client) -> None:
    run = tried(french, make_csv(make_row(firm=""), make_row(id="2", postcode="9OOO")))

    for told in (page_of(dutch, run), downloaded(dutch, run)):
        assert "De rij heeft geen naam. Ze is weggelaten." in told
        assert "“9OOO” bevat letters." in told
    for told in (page_of(french, run), downloaded(french, run)):
        assert "La ligne n&#x27;a pas de nom" in told.replace("'", "&#x27;")


def test_words_in_a_sentence_are_the_reader_s_too(french: Client, dutch: Client) -> None:
    make_firm("Elsewhere", website="https://same.example")
    run = tried(french, make_csv(make_row(website="https://same.example"), make_row(id="2")))

    told = downloaded(dutch, run)

    assert "Elsewhere in het register (zelfde waarde: website)" in told
    assert "regel 2 (zelfde waarde: naam)" in told
    assert "site web" in downloaded(french, run)


def test_a_file_that_cannot_be_used_says_so_in_the_language_of_who_reads(
    french: Client, dutch: Client
) -> None:
    run = upload(french, b"firm;town\nAcme;Gent\n")
    work_uploads(timezone.now())

    run.refresh_from_db()
    assert run.state == State.REFUSED
    assert "La table de correspondance demande des colonnes" in page_of(french, run)
    assert "De toewijzing vraagt kolommen" in page_of(dutch, run)


def test_what_an_earlier_turn_kept_is_told_in_the_language_of_who_reads(
    french: Client, dutch: Client
) -> None:
    import_rows(make_row(town="Gent"))
    firm = Firm.objects.get()
    firm.town = "Deinze"
    firm.save_revision().publish()
    first = Report()
    run = ImportRun.objects.create(file_name="firms.csv", started_at=NOW, since=NOW)
    report = import_rows(make_row(town="Aalst"), run=run)
    first.resume(report.pause({"edited": [[9, "town", "Gent", "Un rédacteur a changé town.", "edited"]]}))

    assert [str(each.reason) for each in first.problems] == [
        "Un rédacteur a changé town.",
        "An editor has changed “town” in the register: that was kept.",
    ]
    assert "Een redacteur heeft “plaats” in het register gewijzigd" in page_of(dutch, run)
    assert "Un rédacteur a changé « localité »" in page_of(french, run).replace("\u00a0", " ")


def test_what_was_kept_as_a_finished_sentence_is_read_as_it_was_written(dutch: Client) -> None:
    run = ImportRun.objects.create(
        file_name="f",
        mapping_name="m",
        started_at=NOW,
        state=State.REFUSED,
        refusal="Trop grand.\n100 % trop.",
    )
    ImportProblem.objects.create(
        run=run, line=2, column="ville", reason="Pas à 100 % une ville.", code="town"
    )

    page = page_of(dutch, run)

    assert "Trop grand.<br>100 % trop." in page
    assert "Pas à 100 % une ville." in page
    assert "Pas à 100 % une ville." in downloaded(dutch, run)
