"""Owns what a lead waits for in the admin: a form, and a draft saved, beside the same in stock Wagtail."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from .timing import Stopwatch

PAGES = 1_000
REPETITIONS = 60
BUDGET = 60.0  # seconds each: a form takes a tenth of one
SEE_OTHER = 302


def editing(stopwatch: Stopwatch) -> dict[str, dict[str, float]]:
    """The times of forms and drafts of a firm and a page: a lead's in ours, an administrator's in stock."""
    lead, administrator = _clients()
    firms, pages = _firm_addresses(), _page_addresses()
    calls: dict[str, Callable[[], None]] = {}
    for what, addresses, told in (("firm", firms, _firm()), ("page", pages, _page())):
        for whose, client in (("ours", lead), ("stock", administrator)):
            calls[f"{what} form {whose}"] = partial(_load, client, addresses[whose])
            calls[f"{what} draft {whose}"] = partial(_save, client, addresses[whose], told)
    times = stopwatch.interleaved(calls, repetitions=REPETITIONS, budget=BUDGET)
    return {name: each.as_json() for name, each in times.items()}


def _load(client: Any, address: str) -> None:
    answer = client.get(address)
    if b'name="' not in answer.content:
        raise SystemExit(f"{address} did not show its form ({answer.status_code})")


def _save(client: Any, address: str, told: dict[str, Any]) -> None:
    answer = client.post(address, told)
    if answer.status_code != SEE_OTHER:
        raise SystemExit(f"{address} did not save ({answer.status_code})")


def _clients() -> tuple[Any, Any]:
    """A lead of Kent and an administrator, both logged in."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from hub.groups import keep_groups
    from hub.models import LeadTerm, Region

    users = get_user_model().objects
    lead, administrator = users.create_user("bench-lead"), users.create_superuser("bench-administrator")
    LeadTerm.objects.create(user=lead, region=Region.objects.get(slug="kent"), from_date=date(2020, 1, 1))
    keep_groups()
    clients = Client(), Client()
    for client, user in zip(clients, (lead, administrator), strict=True):
        client.force_login(user)
    return clients


def _firm_addresses() -> dict[str, str]:
    """The form of one firm of Kent, behind our walls and without them."""
    from django.urls import reverse

    from directory.models import Firm
    from hub.models import Region

    firm = Firm.objects.order_by("pk").first()
    assert firm is not None
    firm.region = Region.objects.get(slug="kent")
    firm.save()
    spaces = {"ours": "wagtailsnippets_directory_firm", "stock": "wagtailsnippets_bench_bare_unwalledfirm"}
    return {whose: reverse(f"{space}:edit", args=[firm.pk]) for whose, space in spaces.items()}


def _page_addresses() -> dict[str, str]:
    """The form of a page in Kent's hub among a thousand, and of a stock page with the same fields."""
    from django.urls import reverse

    from cluster_pages.models import HomePage, HubSectionPage, RegionalHubPage

    from .limits.bare.models import StockPage

    hubs = list(RegionalHubPage.objects.order_by("path"))
    for number in range(PAGES):
        hub = hubs[number % len(hubs)]
        hub.refresh_from_db()
        hub.add_child(
            instance=HubSectionPage(title=f"Page {number}", slug=f"page-{number}", locale=hub.locale)
        )
    kent = next(hub for hub in hubs if hub.region.slug == "kent")
    ours = HubSectionPage.objects.child_of(kent).order_by("path").first()
    home = HomePage.objects.live().get(locale__language_code="en")
    stock = home.add_child(instance=StockPage(title="Stock", slug="stock"))
    assert ours is not None
    return {"ours": reverse("wagtailadmin_pages:edit", args=[ours.pk]),
            "stock": reverse("wagtailadmin_pages:edit", args=[stock.pk])}  # fmt: skip


def _firm() -> dict[str, Any]:
    return {"name": "Firm", "kind": "sme", **_none("case_studies")}


def _page() -> dict[str, Any]:
    return {"title": "Page", "slug": "page-of-the-bench", "introduction": "", "body-count": 0,
            **_none("comments")}  # fmt: skip


def _none(formset: str) -> dict[str, int]:
    counts = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1_000}
    return {f"{formset}-{name}": count for name, count in counts.items()}
