"""Owns every page type of the hub."""

from .cluster import ClusterIndexPage, ClusterPage
from .directory import DirectoryPage
from .home import HomePage
from .made import MadePage
from .standard import StandardPage

__all__ = ["ClusterIndexPage", "ClusterPage", "DirectoryPage", "HomePage", "MadePage", "StandardPage"]
