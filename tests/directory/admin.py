"""Owns what tests of the firm's screens in the admin say again and again."""

from typing import Any

from django.test import Client
from django.urls import reverse

from directory.models import Firm
from tests.directory.builders import make_region

NAMESPACE = "wagtailsnippets_directory_firm"


def url(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def filled(**values: Any) -> dict[str, Any]:
    """What a browser sends for a firm, with whatever the test adds."""
    inline = {f"case_studies-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    limits = {"case_studies-MIN_NUM_FORMS": 0, "case_studies-MAX_NUM_FORMS": 1000}
    return {"name": "Brasserie Thé", "kind": "sme", **inline, **limits, **values}


def five(**values: Any) -> dict[str, Any]:
    """What a browser sends to add a firm: the five questions, with whatever the test adds."""
    return {"name": "Brasserie Thé", "region": make_region("kent").pk, **values}


def add(admin: Client, **values: Any) -> Firm:
    """The firm that somebody has just added."""
    admin.post(url("add"), five(**values))
    return Firm.objects.latest("pk")


def draft_of(firm: Firm) -> Firm:
    """The firm as its latest draft tells it."""
    return Firm.objects.get(pk=firm.pk).get_latest_revision_as_object()
