"""Owns who asks in tests of the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client


@pytest.fixture
def admin(client: Client, db: None) -> Client:
    """An administrator's browser."""
    client.force_login(get_user_model().objects.create_superuser("admin", "admin@hub.example"))
    return client
