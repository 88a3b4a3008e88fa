"""Owns what the templates show, as plain facts in the visitor's language: hits, results, a firm."""

from .gone import GoneFirmPage
from .profile import FirmProfilePage
from .results import ResultsPage
from .suggestions import suggestion_groups

__all__ = ["FirmProfilePage", "GoneFirmPage", "ResultsPage", "suggestion_groups"]
