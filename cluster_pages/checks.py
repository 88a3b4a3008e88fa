"""Owns what must be written before a hub is public."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from .drafts import unfinished


@register(Tags.compatibility, deploy=True)
def check_notices(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Notices that the law or decency asks for, and that are not there or not finished."""
    try:
        missing = unfinished()
    except DatabaseError:
        return []  # before the first migration there is nothing to say
    if not missing:
        return []
    return [
        Warning(
            f"Notices that a public site needs are unpublished or not filled in: {', '.join(missing)}.",
            hint="Open them in the admin, fill in what stands in square brackets, and publish them.",
            id="cluster_pages.W001",
        )
    ]
