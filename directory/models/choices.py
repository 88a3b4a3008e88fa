"""Owns the closed lists of the register: kinds, sizes, languages spoken, and kinds of exchange."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What sort of organisation a firm is."""

    SME = "sme", _("SME")
    NETWORK = "network", _("Network")
    UNIVERSITY = "university", _("University")
    PUBLIC_BODY = "public-body", _("Public body")
    PARTNER = "partner", _("Partner")
    EXPERT = "expert", _("Expert")


class Size(models.TextChoices):
    """How many people work there. Source: Commission Recommendation 2003/361/EC, head count only."""

    MICRO = "micro", _("1 to 9 people")
    SMALL = "small", _("10 to 49 people")
    MEDIUM = "medium", _("50 to 249 people")
    LARGE = "large", _("250 people or more")


class SpokenLanguage(models.TextChoices):
    """Languages in which a firm can be spoken to. Codes: ISO 639-1."""

    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    DUTCH = "nl", _("Dutch")
    GERMAN = "de", _("German")
    SPANISH = "es", _("Spanish")
    ITALIAN = "it", _("Italian")


class Exchange(models.TextChoices):
    """What firms can do for each other: what one offers, another looks for."""

    SUPPLY = "supply", _("Supply")
    DISTRIBUTION = "distribution", _("Distribution")
    SUBCONTRACTING = "subcontracting", _("Subcontracting")
    RESEARCH = "research", _("Research and development partner")
    TEST_SITE = "test-site", _("Test site")
    EQUIPMENT = "equipment", _("Shared equipment")
    LICENSING = "licensing", _("Licensing")
    FUNDING = "funding", _("Funding")
    TRAINING = "training", _("Training and skills")
    JOINT_BID = "joint-bid", _("Joint bids")
    EXPORT_HELP = "export-help", _("Help with export")
    PLACEMENTS = "placements", _("Student placements")
