"""Owns what the templates show: hits, the page of results, and a firm, as plain facts in the visitor's language."""

from .profile import FirmProfilePage
from .results import ResultsPage
from .suggestions import suggestion_groups

__all__ = ["FirmProfilePage", "ResultsPage", "suggestion_groups"]
