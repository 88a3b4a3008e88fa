"""Owns what is still open in the notices that every public site needs."""

import re
from collections.abc import Mapping

from cluster_pages.models import MadePage, StandardPage
from cluster_pages.texts import DRAFTS

# [TO FILL IN: ...] in the three languages, a no-break space before the colon in French.
OPEN = re.compile(r"\[(?:TO FILL IN|À COMPLÉTER|IN TE VULLEN)\s?:\s?([^\]]*)\]")


def is_open(page: StandardPage) -> bool:
    """Whether a page still asks somebody to fill something in."""
    return bool(OPEN.search(_words(page)))


def filled(value: str, words: Mapping[str, str]) -> str:
    """A text with everything open replaced by invented words; what asks for a name gets the name."""

    def invented(found: re.Match[str]) -> str:
        asked = found[1].lower()
        hints = {
            "mail": ("mail", "courriel"),
            "phone": ("phone number", "numéro de téléphone", "telefoonnummer"),
            "address": ("postal", "adresse postale", "postadres"),
            "name": ("name of the organisation", "nom de l'organisme", "naam van de organisatie"),
        }
        for name, said in hints.items():
            if any(hint in asked for hint in said) and "," not in asked:
                return words[name]
        return words["other"]

    return OPEN.sub(invented, value)


def unfinished() -> list[str]:
    """Which notices nobody can read yet, or still have something open, as "privacy (fr)"."""
    pages = {
        (made.key, made.language): made.page_id
        for made in MadePage.objects.filter(key__in=DRAFTS).order_by("pk")
    }
    finished = {
        page.pk for page in StandardPage.objects.live().filter(pk__in=pages.values()) if not is_open(page)
    }
    return [f"{key} ({language})" for (key, language), pk in pages.items() if pk not in finished]


def _words(page: StandardPage) -> str:
    return " ".join((page.introduction, *(str(block.value) for block in page.body)))
