"""Owns what editors have timed: it goes live, and comes off the site, each thing by itself."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger("hub.worker")

Step = tuple[Any, Callable[[], Any]]


class SomeNotPublished(Exception):
    """Some things could not go live or come off; the log names them, and they are tried again."""


def publish_scheduled(now: datetime) -> int:
    """What Wagtail's command of this name does, but each thing in its own transaction; how many there were.

    :raises SomeNotPublished: after all others are done, if some failed.
    """
    steps = [*_expired(now), *_due(now)]
    done = sum(_succeeds(*step) for step in steps)
    if done < len(steps):
        raise SomeNotPublished
    return done


def _expired(now: datetime) -> Iterator[Step]:
    models = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    thing: Any
    for model in models:
        if issubclass(model, Page) and model is not Page:
            continue
        for thing in model._default_manager.filter(live=True, expire_at__lt=now).order_by("expire_at"):
            yield thing, partial(thing.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled")


def _due(now: datetime) -> Iterator[Step]:
    for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at"):
        yield revision, partial(revision.publish, log_action="wagtail.publish.scheduled")


def _succeeds(subject: Any, act: Callable[[], Any]) -> bool:
    try:
        with transaction.atomic():
            act()
    except Exception as error:
        facts = {"model": subject._meta.label, "key": subject.pk, "error": type(error).__name__}
        logger.error("not published", extra=facts)
        return False
    return True
