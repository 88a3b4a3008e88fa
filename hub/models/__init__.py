"""Owns the ground of every room: regions, clusters, who leads them, mails that wait, jobs and their state."""

from .cluster import Cluster, ClusterState, ClusterStateChange
from .hub import HubReview, RegionalHub, RoleGroup
from .job import JobState
from .lead import LeadTerm, LeadTermQuerySet, Partner
from .mail import MailState, OutgoingMail
from .region import Region, RegionQuerySet

__all__ = [
    "Cluster",
    "ClusterState",
    "ClusterStateChange",
    "HubReview",
    "JobState",
    "LeadTerm",
    "LeadTermQuerySet",
    "MailState",
    "OutgoingMail",
    "Partner",
    "Region",
    "RegionQuerySet",
    "RegionalHub",
    "RoleGroup",
]
