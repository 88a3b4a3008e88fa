"""Owns who asks in tests of the admin, and what the files of the tests of imports refer to."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.directory.importing import make_ground


@pytest.fixture
def admin(client: Client, db: None) -> Client:
    """An administrator's browser."""
    client.force_login(get_user_model().objects.create_superuser("admin", "admin@hub.example"))
    return client


@pytest.fixture
def ground(db: None) -> None:
    """What the small mapping refers to."""
    make_ground()
