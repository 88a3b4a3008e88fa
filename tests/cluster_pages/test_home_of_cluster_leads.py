"""Owns the proof that a cluster lead finds the pages of the own cluster at home, and no others."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import WorkflowPage

from cluster_pages.actions.set_up_hub import keep_workflow_of_pages
from cluster_pages.models import ClusterPage
from hub.models import ApprovalTask, Cluster
from tests.cluster_pages.builders import make_site
from tests.hub.people import make_cluster_lead, make_communicator, make_user
from tests.once import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made_pages")]

made_pages = made_once(lambda: make_site(("home", "clusters", "cluster_food-drink", "cluster_mechatronics")))


def edit_url(slug: str) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_of(slug).pk])


def page_of(slug: str) -> ClusterPage:
    cluster = Cluster.objects.get(slug=slug)
    return ClusterPage.objects.filter(cluster=cluster, locale__language_code="en").get()


def test_a_cluster_lead_finds_the_pages_of_the_own_cluster_and_no_others(client: Client) -> None:
    client.force_login(make_cluster_lead("food-drink"))

    seen = client.get(reverse("wagtailadmin_home")).content.decode()

    assert edit_url("food-drink") in seen
    assert edit_url("mechatronics") not in seen


def test_a_cluster_lead_reads_since_when_a_change_waits(client: Client) -> None:
    lead, page = make_cluster_lead("food-drink"), page_of("food-drink")
    keep_workflow_of_pages()
    page.save_revision(user=lead)
    page.get_workflow().start(page, lead)
    client.force_login(lead)

    assert "A change waits for approval since" in client.get(reverse("wagtailadmin_home")).content.decode()


def test_communications_reads_what_comes(client: Client) -> None:
    client.force_login(make_communicator())

    assert "Events and news" in client.get(reverse("wagtailadmin_home")).content.decode()


def test_pages_wait_for_whoever_may_publish_them_where_nobody_is_a_moderator() -> None:
    keep_workflow_of_pages()

    (task,) = page_of("food-drink").get_workflow().tasks
    assert isinstance(task.specific, ApprovalTask)


def test_a_site_that_has_moderators_keeps_them() -> None:
    Group.objects.get(name="Moderators").user_set.add(make_user())
    before = WorkflowPage.objects.get(page__depth=1).workflow

    keep_workflow_of_pages()

    assert WorkflowPage.objects.get(page__depth=1).workflow == before
