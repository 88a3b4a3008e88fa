"""Owns the shape of the hub's own admin screens: one action each; and how somebody is turned away."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.messages import ERROR, get_messages
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from hub.actions import ActionRefused
from hub.permissions import is_administrator


def refused(request: HttpRequest) -> HttpResponseBase:
    """Turns somebody away without a word of what the screen is about; a middleware notes it in the log."""
    answer: HttpResponseBase = permission_denied(request)
    return answer


def is_turned_away(request: HttpRequest) -> bool:
    """Whether an error is said above the page to which the answer leads, as Wagtail refuses: what succeeds
    may lead there, too."""
    said = getattr(get_messages(request), "_queued_messages", ())
    return any(each.level == ERROR for each in said)


class ActionScreen(WagtailAdminTemplateMixin, FormView):
    """A form about one row; sending it runs an action, whose refusal becomes the form's error."""

    template_name = "hub/admin/screen.html"
    model: type[models.Model]
    form_class: type[forms.BaseForm] = forms.Form
    submit_label: Any = _("Save")
    done: Any = _("Saved.")
    explanation: Any = ""
    is_dangerous = False
    may: Callable[..., bool] = staticmethod(is_administrator)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turns away whoever may not do this to the row, before anything of it is shown."""
        self.object = get_object_or_404(self.rows_to_act_on(), pk=kwargs["pk"])
        if not self.is_allowed(request.user):
            return refused(request)
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self, user: Any) -> bool:
        """Whether this person may do it; a screen about things of regions asks about `self.object`, too."""
        return self.may(user)

    def rows_to_act_on(self) -> models.QuerySet[Any]:
        """Where the row is looked up; what is not in it is not found."""
        return self.model._default_manager.all()

    def act(self, form: Any) -> None:
        """Runs the action.

        :raises ActionRefused: with the reason to show.
        """
        raise NotImplementedError

    def back(self) -> str:
        """Where the person came from and returns to."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> Any:
        """Acts, says so and goes back; or shows why not."""
        try:
            self.act(form)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return super().form_valid(form)

    def get_success_url(self) -> str:
        """Back to where the person came from."""
        return get_valid_next_url_from_request(self.request) or self.back()

    def get_page_subtitle(self) -> str:
        """The row that the screen is about."""
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The row's own screen, then this one."""
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), {"url": self.back(), "label": str(self.object)}, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows beside the form."""
        return super().get_context_data(
            object=self.object,
            explanation=self.explanation,
            submit_label=self.submit_label,
            is_dangerous=self.is_dangerous,
            back_url=self.get_success_url(),
            next_url=get_valid_next_url_from_request(self.request),
            **kwargs,
        )
