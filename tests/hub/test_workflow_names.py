"""Owns the proof that workflows and tasks are called in the reader's language, and stay what they were."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Collection, Task, Workflow

from cluster_pages.actions.set_up_hub import keep_workflow_of_firms
from hub.approval import approval_task
from hub.models import ApprovalTask, Region, RegionalHub
from tests.cluster_pages.builders import make_site, provision
from tests.directory.builders import make_firm
from tests.directory.walls import browser_of
from tests.hub.people import make_editor, make_lead
from tests.hub.stewards import speak

pytestmark = pytest.mark.django_db

NAMES = {
    "en": ("Approval of firms", "Approval by whoever may publish"),
    "fr": ("Approbation des entreprises", "Approbation par qui peut publier"),
    "nl": ("Goedkeuring van bedrijven", "Goedkeuring door wie mag publiceren"),
}


def stored(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM {table} ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize("language", NAMES)
def test_what_everybody_shares_is_called_in_the_language_of_who_reads_it(language: str) -> None:
    keep_workflow_of_firms()

    with override(language):
        workflow = make_firm("A").get_workflow()
        assert workflow is not None
        task = ApprovalTask.objects.get()
        tasks = {Task.objects.get(pk=task.pk).name, task.name}

    assert ({workflow.name}, tasks) == ({NAMES[language][0]}, {NAMES[language][1]})


def test_saved_by_a_reader_of_french_it_keeps_its_name_and_a_new_name_stays() -> None:
    keep_workflow_of_firms()
    with override("fr"):
        task, workflow = approval_task(), Workflow.objects.get(name="Approval of firms")
        task.save()
        workflow.save()
        assert "Approval of firms" in stored("wagtailcore_workflow")
        assert stored("wagtailcore_task")[-1] == "Approval by whoever may publish"

        workflow.name = "Nos entreprises"
        workflow.save()

    with override("nl"):
        assert Workflow.objects.get(pk=workflow.pk).name == "Nos entreprises"


@pytest.mark.parametrize("language", NAMES)
def test_set_up_again_in_another_language_makes_nothing_twice(language: str) -> None:
    keep_workflow_of_firms()
    workflows, tasks = stored("wagtailcore_workflow"), stored("wagtailcore_task")

    with override(language):
        keep_workflow_of_firms()

    assert (stored("wagtailcore_workflow"), stored("wagtailcore_task")) == (workflows, tasks)


def test_the_workflow_and_the_files_of_a_region_are_called_in_the_language_of_its_hub() -> None:
    make_site(["home", "regions"])
    for region in ("kent", "hauts-de-france", "east-flanders"):
        provision(region)
        provision(region)

    hubs = {hub.region.slug: hub for hub in RegionalHub.objects.all()}
    assert hubs["kent"].workflow.name == "Approval in Kent"
    assert hubs["hauts-de-france"].workflow.name.startswith("Approbation")
    assert hubs["east-flanders"].workflow.name.startswith("Goedkeuring")
    assert hubs["east-flanders"].collection.name == hubs["east-flanders"].region.name_nl != ""


def test_a_hub_that_was_made_in_english_is_called_in_its_language_after_another_run() -> None:
    make_site(["home", "regions"])
    provision("east-flanders")
    provision("west-flanders")
    english, chosen = (
        RegionalHub.objects.get(region__slug=slug) for slug in ("east-flanders", "west-flanders")
    )
    region = english.region
    Workflow.objects.filter(pk=english.workflow_id).update(name=f"Approval in {region.name_en}")
    Collection.objects.filter(pk=english.collection_id).update(name=region.name_en)
    Workflow.objects.filter(pk=chosen.workflow_id).update(name="Ons akkoord")
    Collection.objects.filter(pk=chosen.collection_id).update(name="Onze foto's")
    Region.objects.filter(pk=region.pk).update(name_nl="Oost-Vlaanderen")

    provision("east-flanders")
    provision("west-flanders")

    english, chosen = (RegionalHub.objects.get(pk=each.pk) for each in (english, chosen))
    assert (english.workflow.name, english.collection.name) == (
        "Goedkeuring: Oost-Vlaanderen",
        "Oost-Vlaanderen",
    )
    assert (chosen.workflow.name, chosen.collection.name) == ("Ons akkoord", "Onze foto's")


def test_the_button_of_an_editor_speaks_one_language() -> None:
    keep_workflow_of_firms()
    firm = make_firm("A", published=True)
    editor, lead = speak(make_editor("kent"), "fr"), speak(make_lead("kent"), "nl")

    url = reverse("wagtailsnippets_directory_firm:edit", args=[firm.pk])
    assert "Approbation des entreprises" in browser_of(editor).get(url).content.decode()
    firm.save_revision(user=editor)
    firm.get_workflow().start(firm, editor)
    read = browser_of(lead).get(url).content.decode()
    assert "Goedkeuring van bedrijven" in read and "Approval" not in read
