"""Owns what the pages add to Wagtail's admin: what their editors are told, and the review of a hub."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cluster_pages.editing import hub_of_home_page, review_url, tell_editor
from cluster_pages.panels import OwnClustersPanel
from cluster_pages.screens import screens
from hub.permissions import clusters_led_by, may_review

# Before Wagtail's own, of which one is replaced.
hooks.register("register_admin_urls", screens, order=-1)
hooks.register("before_edit_page", tell_editor)


@hooks.register("construct_homepage_panels")
def add_own_clusters(request: HttpRequest, panels: list[Any]) -> None:
    """The pages of their cluster, for those who lead one."""
    if clusters_led_by(request.user):
        panels.append(OwnClustersPanel())


@hooks.register("register_page_header_buttons")
def add_review_button(page: Page, user: Any, **kwargs: Any) -> Iterator[Button]:
    """*Still right?* in the menu of a hub's page in its home language."""
    hub = hub_of_home_page(page.specific)
    if hub is not None and may_review(user, hub):
        yield Button(_("Still right?"), review_url(hub), icon_name="check", priority=15)
