"""Owns the register of organisations that run the programme; coordinators keep it."""

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from hub.forms.people import PartnerForm
from hub.models import Partner


class DeletePartnerView(DeleteView):
    """Deletes an organisation that never held a term; terms are kept, and so is whoever held them."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Wagtail counts as uses what its index knows; the database knows all of them."""
        try:
            response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            messages.error(
                self.request,
                gettext(
                    "%(name)s holds or held a term, so it stays. End the term under People if it is over."
                )
                % {"name": self.object},
            )
            return redirect(self.index_url_name)
        return response


class PartnerViewSet(ModelViewSet):
    """Organisations that can hold a term."""

    model = Partner
    delete_view_class = DeletePartnerView
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
