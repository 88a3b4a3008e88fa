"""Owns the shape of flat registers in the admin: lists of rows to look at, which actions change."""

from typing import Any

from django.db.models import Model
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.views import IndexView

from hub.permissions import is_administrator

REGISTER = "hub/admin/register.html"


class DeclaredFiltersView(IndexView):
    """A list that is narrowed by its own filters only.

    wagtail-modeladmin takes any look-up from the address: `?by__password__startswith=...` would tell a lead,
    row by row, what stands in tables that no list shows.
    """

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        """What of the address belongs to a filter of this list."""
        names = {
            each if isinstance(each, str) else getattr(each, "parameter_name", "")
            for each in self.list_filter or ()
        }
        told: dict[str, Any] = super().get_filters_params(params)
        # A field of the list, with one comparison at most: no way leads on into another table.
        return {key: told[key] for key in told if key.partition("__")[0] in names and key.count("__") <= 1}


class ReadOnly(PermissionHelper):
    """Administrators may look, unless a list says otherwise; nobody changes a row here."""

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
