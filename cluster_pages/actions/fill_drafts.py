"""Owns the demo's notices: drafts filled with invented words, marked as such, and published."""

from typing import Any

from cluster_pages.drafts import filled, is_open
from cluster_pages.models import MadePage, StandardPage
from cluster_pages.texts import DRAFTS, demo_words
from hub.actions import Action


class FillDraftsAction(Action):
    """Publishes the notices of a demo; those that somebody has published or filled in stay as they are."""

    def execute(self) -> int:
        done = 0
        for made in MadePage.objects.filter(key__in=DRAFTS).order_by("pk"):
            page = StandardPage.objects.filter(pk=made.page_id, live=False).first()
            if page is not None and is_open(page):
                _fill(page, made.language)
                done += 1
        return done


def _fill(page: StandardPage, language: str) -> None:
    words = demo_words(language)
    note: dict[str, Any] = {
        "type": "callout",
        "value": {"title": words["title"], "text": words["note"]},
    }
    page.introduction = filled(page.introduction, words)
    blocks = [
        {**block, "value": filled(block["value"], words)} if isinstance(block["value"], str) else block
        for block in page.body.raw_data
    ]
    page.body = [note, *blocks]
    page.save_revision().publish()
