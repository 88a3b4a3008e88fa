"""Owns *Mails* in the admin: what the outbox holds, one mail with its text, and trying again or giving up."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import ButtonHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import InspectView

from hub.actions.mail import DiscardMailAction, RetryMailAction
from hub.kinds_of_mail import name_of_kind
from hub.listings import REGISTER, DeclaredFiltersView, ReadOnly
from hub.models import MailState, OutgoingMail
from hub.permissions import may_see_mails
from hub.screens import ActionScreen


class MailPermissions(ReadOnly):
    """Whoever may see mails may read each."""

    def user_can_list(self, user: Any) -> bool:
        """Those whom the rule names."""
        return may_see_mails(user)

    def user_can_inspect_obj(self, user: Any, obj: Model) -> bool:
        """The same."""
        return may_see_mails(user)


class MailButtons(ButtonHelper):
    """A mail is read, where wagtail-modeladmin inspects."""

    def inspect_button(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Leads to the mail with its text."""
        return super().inspect_button(*args, **kwargs) | {"label": _("Read"), "title": _("Read this mail")}


class KindFilter(SimpleListFilter):
    """By kind, of which those are named that somebody has written."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The kinds in the reader's words, and in their order."""
        kinds = OutgoingMail.objects.order_by().values_list("kind", flat=True).distinct()
        return sorted(((kind, name_of_kind(kind)) for kind in kinds), key=lambda pair: pair[1].casefold())

    def queryset(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> QuerySet[OutgoingMail]:
        """Mails of one kind."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


class MailView(InspectView):
    """One mail with its text, and what can be done to it."""

    def get_page_title(self) -> str:
        """Its subject."""
        return str(self.instance)

    def get_page_subtitle(self) -> str:
        """Nothing more."""
        return ""

    def get_meta_title(self) -> str:
        """The same; Wagtail's own words call it an inspection."""
        return self.get_page_title()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what its state allows."""
        state, text_is_there = self.instance.state, not self.instance.is_forgotten
        is_lost = state in (MailState.FAILED, MailState.BOUNCED)
        context: dict[str, Any] = super().get_context_data(
            mail=self.instance,
            kind=name_of_kind(self.instance.kind),
            can_retry=text_is_there and (is_lost or state == MailState.DISCARDED),
            can_discard=is_lost or state == MailState.WAITING,
            **kwargs,
        )
        return context


_SHOWN = 120  # characters of a reason; the mail's own page has all of them


class MailRegister(ModelAdmin):
    """All mails, the newest first."""

    model = OutgoingMail
    menu_label = _("Mails")
    menu_icon = "mail"
    menu_order = 290
    permission_helper_class = MailPermissions
    button_helper_class = MailButtons
    index_view_class = DeclaredFiltersView
    index_template_name = REGISTER
    history_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = MailView
    inspect_template_name = "hub/admin/mail.html"
    list_display = ("__str__", "to", "state_and_reason", "created_at")
    list_filter = ("state", KindFilter)
    search_fields = ("to", "subject", "reason", "kind")
    ordering = ("-created_at", "-pk")
    list_per_page = 50

    def state_and_reason(self, mail: OutgoingMail) -> SafeString:
        """What became of the mail, and below it why; kind and tries stand with the mail itself."""
        reason = Truncator(mail.reason).chars(_SHOWN)
        below = format_html('<span class="hub-below">{}</span>', reason) if reason else ""
        return format_html("{}{}", mail.get_state_display(), below)

    state_and_reason.short_description = _("State")  # type: ignore[attr-defined]
    state_and_reason.admin_order_field = "state"  # type: ignore[attr-defined]


class MailScreen(ActionScreen):
    """A screen about one mail that leads back to it."""

    model = OutgoingMail
    object: OutgoingMail
    may = staticmethod(may_see_mails)
    header_icon = "mail"

    def back(self) -> str:
        """The mail with its text."""
        return reverse("hub_outgoingmail_modeladmin_inspect", args=[self.object.pk])


class RetryMailScreen(MailScreen):
    """Sends a mail once more."""

    page_title = _("Send this mail again")
    submit_label = _("Send it again")
    done = _("The worker sends the mail with its next round.")
    explanation = _(
        "It goes to the same address. Where that is wrong, correct it at the firm and give this up."
    )

    def act(self, form: Any) -> None:
        """Lets the worker have it again."""
        RetryMailAction(mail=self.object, actor=self.request.user, now=timezone.now()).run()  # type: ignore[arg-type]


class DiscardMailScreen(MailScreen):
    """Gives a mail up."""

    page_title = _("Give this mail up")
    submit_label = _("Give it up")
    done = _("The mail is not sent any more.")
    explanation = _("Nobody is told. Its text stays here until its time is over.")
    is_dangerous = True

    def act(self, form: Any) -> None:
        """Gives it up."""
        DiscardMailAction(mail=self.object, actor=self.request.user, now=timezone.now()).run()  # type: ignore[arg-type]


def mail_screens() -> list[URLPattern]:
    """The addresses of these screens, below /admin/."""
    return [
        path("mails/<int:pk>/again/", RetryMailScreen.as_view(), name="hub_retry_mail"),
        path("mails/<int:pk>/give-up/", DiscardMailScreen.as_view(), name="hub_discard_mail"),
    ]
