"""Owns the register of organisations that run the programme; coordinators keep it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from hub.forms.people import PartnerForm
from hub.models import Partner


class PartnerViewSet(ModelViewSet):
    """Organisations that can hold a term."""

    model = Partner
    name = "hub_partner"
    url_prefix = "people/organisations"
    icon = "group"
    menu_label = _("Partner organisations")

    def get_form_class(self, for_update: bool = False) -> Any:
        """The same for a new one and an old one."""
        return PartnerForm

    list_display = ("name", "region", "website")
    search_fields = ("name",)
    search_backend_name = None
    ordering = ("name",)
    copy_view_enabled = False


partner_viewset = PartnerViewSet()
