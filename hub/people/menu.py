"""Owns the menu entry *People*."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from hub.permissions import may_see_people


class PeopleMenuItem(MenuItem):
    """Only for those who have a say in who leads or edits."""

    def is_shown(self, request: HttpRequest) -> Any:
        """Leads and coordinators."""
        return may_see_people(request.user)


PEOPLE = PeopleMenuItem(_("People"), reverse_lazy("hub_people"), name="people", icon_name="group", order=205)
