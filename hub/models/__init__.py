"""Owns the ground of every room: regions, clusters, who leads them, mails that wait, jobs and their state."""

from .approval import ApprovalTask
from .cluster import Cluster, ClusterState, ClusterStateChange
from .hub import HubReview, RegionalHub, RegionalHubQuerySet, RoleGroup
from .invitation import Invitation, InvitationQuerySet
from .job import JobState
from .lead import LeadTerm, LeadTermQuerySet, Partner
from .mail import MailState, OutgoingMail
from .preference import MailPreference
from .region import Region, RegionQuerySet
from .sent import SentForm
from .turn import Turn

__all__ = [
    "ApprovalTask",
    "Cluster",
    "ClusterState",
    "ClusterStateChange",
    "HubReview",
    "Invitation",
    "InvitationQuerySet",
    "JobState",
    "LeadTerm",
    "LeadTermQuerySet",
    "MailPreference",
    "MailState",
    "OutgoingMail",
    "Partner",
    "Region",
    "RegionQuerySet",
    "RegionalHub",
    "RegionalHubQuerySet",
    "RoleGroup",
    "SentForm",
    "Turn",
]
