"""Owns what the API tells of the register: its firms, searched as on the page, and its two vocabularies."""

from directory.models.firm import FIRMS
from hub.api import register
from search import registry

from .firms import firms_router
from .vocabularies import capabilities, sectors


def register_api() -> None:
    """Answers for the register; the search must be registered before."""
    register("/firms", firms_router(registry.get(FIRMS)))
    register("/sectors", sectors)
    register("/capabilities", capabilities)
