"""Owns every page type of the hub."""

from .cluster import ClusterIndexPage, ClusterPage
from .directory import DirectoryPage
from .home import HomePage
from .made import MadePage
from .message import LeadMessage
from .region import HubSectionPage, RegionalHubPage, RegionIndexPage, ResourcePage
from .standard import StandardPage

__all__ = [
    "ClusterIndexPage",
    "ClusterPage",
    "DirectoryPage",
    "HomePage",
    "HubSectionPage",
    "LeadMessage",
    "MadePage",
    "RegionIndexPage",
    "RegionalHubPage",
    "ResourcePage",
    "StandardPage",
]
