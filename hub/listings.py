"""Owns the shape of flat registers in the admin: lists of rows to look at, which actions change."""

from typing import Any

from django.db.models import Model
from wagtail_modeladmin.helpers import PermissionHelper

from hub.permissions import is_administrator


class ReadOnly(PermissionHelper):
    """Administrators may look; nobody adds, edits or deletes here, because no action would hear of it."""

    def user_can_list(self, user: Any) -> bool:
        """Administrators."""
        return is_administrator(user)

    def user_can_create(self, user: Any) -> bool:
        """Nobody."""
        return False

    def user_can_inspect_obj(self, user: Any, obj: Model) -> bool:
        """Nobody: the list says it all."""
        return False

    def user_can_edit_obj(self, user: Any, obj: Model) -> bool:
        """Nobody."""
        return False

    def user_can_delete_obj(self, user: Any, obj: Model) -> bool:
        """Nobody."""
        return False
