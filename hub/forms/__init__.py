"""Owns the parts of forms that every room needs: fields of the admin, and forms that anybody may send."""

from .admin import ClusterStateForm, RegionField, RegionIterator, RegionsField, WordsField
from .public import PublicForm

__all__ = ["ClusterStateForm", "PublicForm", "RegionField", "RegionIterator", "RegionsField", "WordsField"]
