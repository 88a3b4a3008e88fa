"""Owns the screen on which a firm is added: five questions, and the firms that may be the same one."""

from typing import Any, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from directory.actions.adding import AddFirmAction
from directory.forms import AddFirmForm
from directory.models import Firm
from directory.twins import removed_by, twins_of
from hub.actions import ActionRefused
from hub.keys import key_of
from hub.permissions import in_sight, may_add_firms, may_see_drafts
from hub.screens import refused

from .firm import NAMESPACE

_NAME, _WEBSITE = 200, 300


class AddFirmScreen(WagtailAdminTemplateMixin, FormView):
    """Asks five things, shows firms that may be the same one, then makes a draft and opens its form."""

    form_class = AddFirmForm
    template_name = "directory/admin/add_firm.html"
    page_title = _("Add a firm")
    header_icon = "hub-firm"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turns away whoever may not add firms."""
        if not may_add_firms(request.user):
            return refused(request)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers the regions of whoever asks."""
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: Any) -> Any:
        """Adds the firm and opens its form; or shows what must be looked at first."""
        try:
            firm = AddFirmAction(
                **form.cleaned_data,
                seen=self._seen(),
                actor=cast(AbstractBaseUser, self.request.user),
                now=timezone.now(),
            ).run()
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        done = _("%(firm)s is a draft. Fill in the rest; then it can be published.")
        messages.success(self.request, done % {"firm": firm})
        self.success_url = reverse(f"{NAMESPACE}:edit", args=[firm.pk])
        return super().form_valid(form)

    def _seen(self) -> list[int]:
        """The firms of which the person ticked that it is none of them."""
        told = (key_of(Firm, each) for each in self.request.POST.get("none_of", "").split(","))
        return [key for key in told if key is not None]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The list of firms, then this screen."""
        firms = {"url": reverse(f"{NAMESPACE}:list"), "label": _("Firms")}
        return [*super().get_breadcrumbs_items(), firms, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows beside the form."""
        context = super().get_context_data(**kwargs)
        bound = context["form"].data if context["form"].is_bound else {}
        return context | {
            **_found(self.request.user, str(bound.get("name", "")), str(bound.get("website", ""))),
            "submit_label": _("Add the firm"),
            "back_url": reverse(f"{NAMESPACE}:list"),
            "explanation": _("Five questions first, so that no firm is in the register twice."),
        }


@require_safe
def near(request: HttpRequest) -> HttpResponseBase:
    """The firms that may be the one being typed, for the screen's script: `{"html": ..., "status": ...}`."""
    if not may_add_firms(request.user):
        return refused(request)
    found = _found(request.user, request.GET.get("name", ""), request.GET.get("website", ""))
    html = render_to_string("directory/admin/_twins.html", found, request)
    return JsonResponse({"html": html, "status": found["status"]})


def _found(user: Any, name: str, website: str) -> dict[str, Any]:
    name, website = (_clean(text, most) for text, most in ((name, _NAME), (website, _WEBSITE)))
    twins = twins_of(name, website=website, among=in_sight(user)) if name or website else []
    return {
        "twins": [(twin, _where(user, twin.firm)) for twin in twins],
        "none_of": ",".join(str(twin.firm.pk) for twin in twins),
        "removed": removed_by(name, website=website) if name or website else "",
        "status": _status(len(twins)) if name or website else str(_("Firms that look alike show here.")),
    }


def _where(user: Any, firm: Firm) -> str:
    """Where the person can look at the firm: its form, or its page for all."""
    is_theirs = may_see_drafts(user, firm)
    return reverse(f"{NAMESPACE}:edit", args=[firm.pk]) if is_theirs else firm.get_absolute_url()


def _clean(text: str, most: int) -> str:
    return "".join(char for char in text[:most] if char.isprintable()).strip()


def _status(number: int) -> str:
    if not number:
        return str(_("No firm of the register looks like this one."))
    return ngettext(
        "%(number)s firm of the register may be this one.",
        "%(number)s firms of the register may be this one.",
        number,
    ) % {"number": number}
