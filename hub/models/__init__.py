"""Owns the ground that every room stands on: regions and clusters, mails that wait, jobs and their state."""

from .cluster import Cluster, ClusterState, ClusterStateChange
from .job import JobState
from .mail import MailState, OutgoingMail
from .region import Region, RegionQuerySet

__all__ = [
    "Cluster",
    "ClusterState",
    "ClusterStateChange",
    "JobState",
    "MailState",
    "OutgoingMail",
    "Region",
    "RegionQuerySet",
]
