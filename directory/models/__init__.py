"""Owns the register: firms, what they are in and use, what they say, and who belongs to which cluster."""

from .choices import Exchange, Kind, Size, SpokenLanguage
from .firm import CaseStudy, Firm, FirmQuerySet, FormerSlug
from .gone import GoneAddress
from .importing import ImportedRow, ImportProblem, ImportRun, ImportUpload
from .membership import Confirmation, ContactPerson, Membership, Removal
from .merging import Merge, MergedKey
from .message import ContactMessage
from .profile import FirmProfile
from .proposal import Proposal, ProposalQuerySet
from .transfer import FirmTransfer
from .vocabulary import Capability, FirmCapability, FirmSector, Sector, VocabularyTerm

__all__ = [
    "Capability",
    "CaseStudy",
    "Confirmation",
    "ContactMessage",
    "ContactPerson",
    "Exchange",
    "Firm",
    "FirmCapability",
    "FirmProfile",
    "FirmQuerySet",
    "FirmSector",
    "FirmTransfer",
    "FormerSlug",
    "GoneAddress",
    "ImportProblem",
    "ImportRun",
    "ImportUpload",
    "ImportedRow",
    "Kind",
    "Membership",
    "Merge",
    "MergedKey",
    "Proposal",
    "ProposalQuerySet",
    "Removal",
    "Sector",
    "Size",
    "SpokenLanguage",
    "VocabularyTerm",
]
