"""Owns how a browser gets into the admin."""

from playwright.sync_api import Page


def log_in(page: Page, site: str, name: str, password: str) -> None:
    """Types name and password at the door and waits for the dashboard."""
    page.goto(f"{site}/admin/login/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(password)
    page.locator("main form button").click()
    page.wait_for_url("**/admin/")
