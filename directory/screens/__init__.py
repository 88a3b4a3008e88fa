"""Owns the admin's own screens of the register: each sets off one action."""

from .adding import AddFirmScreen, near
from .exporting import ExportScreen
from .facts import fact_screens
from .firm import NAMESPACE, FirmScreen
from .importing import IMPORTS, import_screens
from .merging import merge_screens
from .transferring import TRANSFERS, offer_screens, transfer_screens

__all__ = [
    "IMPORTS",
    "NAMESPACE",
    "TRANSFERS",
    "AddFirmScreen",
    "ExportScreen",
    "FirmScreen",
    "fact_screens",
    "import_screens",
    "merge_screens",
    "near",
    "offer_screens",
    "transfer_screens",
]
