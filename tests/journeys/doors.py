"""Owns how a browser gets into the admin."""

from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page


def log_in(page: Page, site: str, name: str, password: str) -> None:
    """Types name and password at the door and waits for the dashboard."""
    page.goto(f"{site}/admin/login/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(password)
    page.locator("main form button").click()
    page.wait_for_url("**/admin/")


def let_in(page: Page, site: str, person: Any) -> None:
    """Opens the door for somebody without typing: what is behind it is looked at, not the door."""
    client = Client()
    client.force_login(person)
    page.context.clear_cookies()
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
