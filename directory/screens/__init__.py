"""Owns the admin's own screens of the register: each sets off one action."""

from .adding import AddFirmScreen, near
from .facts import fact_screens
from .firm import NAMESPACE, FirmScreen
from .merging import merge_screens

__all__ = ["NAMESPACE", "AddFirmScreen", "FirmScreen", "fact_screens", "merge_screens", "near"]
