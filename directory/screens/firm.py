"""Owns the shape of a screen about one firm: who may, who acts, and the way back to the firm's form."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from directory.models import Firm
from hub.permissions import may_publish
from hub.screens import ActionScreen

NAMESPACE = "wagtailsnippets_directory_firm"


class FirmScreen(ActionScreen):
    """A screen about one firm that leads back to its form; for whoever may do this to the very firm.

    Nearly all that is changed beside the form is seen by everybody at once, so publishing is what is asked.
    """

    model = Firm
    may: Callable[..., bool] = staticmethod(may_publish)
    object: Firm
    header_icon = "hub-firm"
    is_about_rows_beside = False

    @property
    def actor(self) -> dict[str, Any]:
        """Who does it, and when."""
        return {"actor": cast(AbstractBaseUser, self.request.user), "now": timezone.now()}

    def is_allowed(self, user: Any) -> bool:
        """Whether this person may do it to this firm, in the region that it is in now."""
        return self.may(user, self.object)

    def rows_to_act_on(self) -> QuerySet[Firm]:
        """Not those that are kept aside after a merge: nothing of them changes."""
        return Firm.objects.standing()

    def back(self) -> str:
        """The firm's form, on the tab from which the screen was reached: the first, or the last."""
        form = reverse(f"{NAMESPACE}:edit", args=[self.object.pk])
        if not self.is_about_rows_beside:
            return form
        tabs: list[str] = Firm.get_edit_handler().child_identifiers
        return f"{form}#tab-{tabs[-1]}"
