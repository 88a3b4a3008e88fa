"""Owns the ground that every room stands on: regions and clusters."""

from .cluster import Cluster, ClusterState, ClusterStateChange
from .region import Region, RegionQuerySet

__all__ = ["Cluster", "ClusterState", "ClusterStateChange", "Region", "RegionQuerySet"]
