"""Owns *Log-ins* in the admin: who logs in and how, and helping out whoever lost a phone."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers import ButtonHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from hub.listings import REGISTER, ReadOnly
from hub.names import name_of
from hub.permissions import log_ins_for, may_reset_access, may_see_log_ins
from hub.screens import ActionScreen

from .actions import EndSessionsAction, ResetSecondFactorAction

NAMES = {
    Authenticator.Type.TOTP: gettext_lazy("app"),
    Authenticator.Type.WEBAUTHN: gettext_lazy("passkey"),
}
WAYS = (
    ("hub_reset_second_factor", gettext_lazy("Reset the second step")),
    ("hub_end_sessions", gettext_lazy("End sessions")),
)


class LogInPermissions(ReadOnly):
    """Whoever may reset somebody's access may read the list."""

    def user_can_list(self, user: Any) -> bool:
        """Those whom the rule names."""
        return may_see_log_ins(user)


class LogInButtons(ButtonHelper):
    """What the reader can do for a person."""

    def get_buttons_for_obj(self, obj: Any, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        """Nothing for the own log-in, which has a page of its own."""
        if obj == self.request.user:
            return []
        classes = self.finalise_classname(["button-small", "button-secondary"])
        return [
            {
                "url": reverse(name, args=[obj.pk]),
                "label": label,
                "classname": classes,
                "title": f"{label}: {name_of(obj)}",
            }
            for name, label in WAYS
        ]


class LogInIndex(IndexView):
    """The list under its own name: Wagtail has another one of users."""

    page_title = gettext_lazy("Log-ins")


class LogInRegister(ModelAdmin):
    """Everybody who can log in, by name."""

    model = get_user_model()
    menu_label = gettext_lazy("Log-ins")
    menu_icon = "key"
    menu_order = 280
    add_to_settings_menu = True
    index_view_class = LogInIndex
    index_template_name = REGISTER
    permission_helper_class = LogInPermissions
    button_helper_class = LogInButtons
    history_view_enabled = False
    list_display = ("name", "email", "own_factor", "last_login", "help_out")
    list_display_add_buttons = "help_out"
    search_fields = ("username", "first_name", "last_name", "email")
    ordering = ("last_name", "username")
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Those whom the reader can help out."""
        people: QuerySet[Any] = super().get_queryset(request)
        return people.filter(pk__in=log_ins_for(request.user)).prefetch_related("authenticator_set")

    def name(self, person: Any) -> str:
        """Who it is."""
        return name_of(person)

    name.short_description = gettext_lazy("Name")  # type: ignore[attr-defined]
    name.admin_order_field = "last_name"  # type: ignore[attr-defined]

    def own_factor(self, person: Any) -> str:
        """What the person has set up; where that is nothing, a code is mailed if one is required."""
        kinds = {each.type for each in person.authenticator_set.all()} & set(NAMES)
        return ", ".join(str(NAMES[kind]) for kind in sorted(kinds)) or "–"

    own_factor.short_description = gettext_lazy("App or passkey")  # type: ignore[attr-defined]

    def help_out(self, person: Any) -> str:
        """Where the buttons stand, without the dash or the empty line that stands for nothing."""
        return " "

    help_out.short_description = gettext_lazy("Actions")  # type: ignore[attr-defined]

    def get_extra_attrs_for_row(self, obj: Any, context: Any) -> dict[str, str]:
        """By which the stylesheet knows it."""
        return {"class": "hub-log-in"}


class AccessScreen(ActionScreen):
    """A confirmation about one person that leads back to the list."""

    model = get_user_model()
    header_icon = "key"
    is_dangerous = True

    def rows_to_act_on(self) -> QuerySet[Any]:
        """Whoever can log in."""
        return self.model._default_manager.filter(is_active=True)

    def is_allowed(self, user: Any) -> bool:
        """Those who may reset the access of this very person."""
        return may_reset_access(user, self.object)

    def get_page_subtitle(self) -> str:
        """Whom it is about, by name."""
        return name_of(self.object)

    def back(self) -> str:
        """The list."""
        return reverse(f"{self.model._meta.app_label}_{self.model._meta.model_name}_modeladmin_index")


class ResetSecondFactorScreen(AccessScreen):
    """For somebody who lost the phone."""

    page_title = gettext_lazy("Reset the second step")
    submit_label = gettext_lazy("Reset it")
    done = gettext_lazy("The second step is reset, and the person has been written to.")
    explanation = gettext_lazy(
        "Make sure first that it is this person who asks: ring them on a number that you know. App, passkeys "
        "and recovery codes are removed, all sessions end and no device is remembered. The password stays; "
        "where a second step is required, a code is mailed until an app or a passkey is set up again."
    )

    def act(self, form: Any) -> None:
        """Resets it."""
        ResetSecondFactorAction(person=self.object, actor=self.request.user, now=timezone.now()).run()  # type: ignore[arg-type]


class EndSessionsScreen(AccessScreen):
    """For somebody who left a session open, or whose device is gone."""

    page_title = gettext_lazy("End all sessions")
    submit_label = gettext_lazy("End them")
    done = gettext_lazy("All sessions have ended, and the person has been written to.")
    explanation = gettext_lazy(
        "The person is logged out on every device at once, and none is remembered. "
        "What was not saved is lost. Password and second step stay."
    )

    def act(self, form: Any) -> None:
        """Ends them."""
        EndSessionsAction(person=self.object, actor=self.request.user, now=timezone.now()).run()  # type: ignore[arg-type]


def log_in_screens() -> list[URLPattern]:
    """The addresses of these screens, below the admin's own."""
    return [
        path(
            "log-ins/<int:pk>/reset-second-factor/",
            ResetSecondFactorScreen.as_view(),
            name="hub_reset_second_factor",
        ),
        path("log-ins/<int:pk>/end-sessions/", EndSessionsScreen.as_view(), name="hub_end_sessions"),
    ]
