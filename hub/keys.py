"""Owns what an address may tell as the key of a row: a visitor's browser sends whatever somebody typed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model


def key_of(model: type[Model], typed: object) -> Any:
    """The key of a row of this model that an address tells; None where no row can have it.

    Asked for what is no number, or for one greater than it can hold, a database does not say that nobody has
    it: it fails.
    """
    try:
        return model._meta.pk.clean(typed, None)
    except ValidationError:
        return None
