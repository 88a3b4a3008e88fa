"""Owns what workflows and tasks of the hub are called: in the reader's language, where everybody shares them.

A name is one text in the database, and Wagtail shows it in a dozen places. So a name that the hub gave is
translated when it is read, and what is saved is the name as it was, unless somebody gave another one. The
workflow of a region is its own: it is named once, in the home language of its hub.
"""

from typing import Any

from django.db.models.signals import post_init, pre_save
from django.utils.translation import gettext, gettext_noop, override
from wagtail.models import Task, Workflow

from hub.languages import in_language
from hub.models import ApprovalTask, Region

TASK = gettext_noop("Approval by whoever may publish")
FIRMS = gettext_noop("Approval of firms")
PAGES = gettext_noop("Approval of pages")
SHARED = frozenset({TASK, FIRMS, PAGES})


def of_region(region: Region, language: str) -> str:
    """How the workflow of a region is called, in the language of its hub."""
    with override(language):
        return gettext("Approval in %(region)s") % {"region": in_language(region, "name", language)}


def connect() -> None:
    """Listens to what is read and saved; called once, when the app is ready."""
    for model in (Workflow, Task, ApprovalTask):
        post_init.connect(_translate, sender=model, dispatch_uid=f"hub.workflow_names.{model.__name__}")
        pre_save.connect(_restore, sender=model, dispatch_uid=f"hub.workflow_names.{model.__name__}")


def _translate(instance: Any, **kwargs: Any) -> None:
    kept = vars(instance)
    stored = kept.get("name")  # not there if it was deferred
    if instance.pk is not None and stored in SHARED:
        kept["_hub_name"], kept["name"] = stored, gettext(stored)
        kept["_hub_shown"] = kept["name"]


def _restore(instance: Any, **kwargs: Any) -> None:
    kept = vars(instance)
    if "_hub_name" in kept and kept.get("name") == kept["_hub_shown"]:
        kept["name"] = kept["_hub_name"]
