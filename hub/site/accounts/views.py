"""Owns the pages of the log-in: allauth's views, where they need other words, ways or limits."""

from typing import Any

from allauth.account import views as account
from allauth.account.stages import LoginStageController
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.usersessions import views as usersessions
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from . import second_factor
from .adapter import MAY_ENTER
from .browsers import browser_of
from .middleware import lacks_second_factor


class LogInView(account.LoginView):
    """Mail address or user name, and password."""

    def get_authenticated_redirect_url(self) -> str:
        """Where somebody goes who is in already; without rights in the admin not back there, for ever."""
        if self.request.user.has_perm(MAY_ENTER):
            found: str = super().get_authenticated_redirect_url()
            return found
        return reverse("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With a word for whoever was in and has to prove more now."""
        return super().get_context_data(lacks_second_factor=lacks_second_factor(self.request), **kwargs)


class SecondStepView(mfa.AuthenticateView):
    """The code of the app, a passkey, or a code for recovery."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Begins anew for whoever was helped out meanwhile: for ever, allauth would send them to and fro."""
        stage = LoginStageController.enter(request, AuthenticateStage.key)
        if stage is None or second_factor.is_own(stage.login.user):
            answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
            return answer
        messages.info(request, _("Your app or passkey is no longer asked for. Log in once more."))
        return stage.abort()


class MailedCodeView(account.ConfirmLoginCodeView):
    """The code that was mailed. The demo sends no mails, so it tells the code."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the code itself, in the demo only."""
        told = self._process.code if settings.HUB_DEMO else ""
        return super().get_context_data(demo_code=told, **kwargs)

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super()._resend_form_valid(form)
        messages.success(self.request, _("Another code is on its way. The one before no longer works."))
        return answer


class ChangePasswordView(account.PasswordChangeView):
    """A new password, by somebody who knows the old one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever has no password yet chooses one through a link."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            return redirect("account_reset_password")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


class AccountView(mfa.IndexView):
    """All that somebody can look after: password, second factor, sessions."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what stands beside the factors."""
        told: dict[str, Any] = super().get_context_data(**kwargs)
        found = told["authenticators"]
        codes = found.get(Authenticator.Type.RECOVERY_CODES)
        return told | {
            "app": found.get(Authenticator.Type.TOTP),
            "passkeys": found.get(Authenticator.Type.WEBAUTHN, []),
            "codes_left": len(codes.get_unused_codes()) if codes else 0,
            "has_codes": codes is not None,
            "session_count": UserSession.objects.filter(user=self.request.user).count(),
            "is_mailed": second_factor.is_mailed(self.request.user),
            "may_enter": self.request.user.has_perm(MAY_ENTER),
        }


class SessionsView(usersessions.ListUserSessionsView):
    """Where somebody is logged in, the newest first, each with a way to know it by."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the browser of each in words."""
        told: dict[str, Any] = super().get_context_data(**kwargs)
        newest = reversed(told["sessions"])
        return told | {"rows": [(session, browser_of(session.user_agent)) for session in newest]}


@never_cache
def elsewhere(request: HttpRequest, to: str, **kwargs: Any) -> HttpResponse:
    """Where Wagtail has a screen that knows of no second factor; what was sent to it is not looked at."""
    query = request.GET.urlencode()
    return HttpResponseRedirect(resolve_url(to) + (f"?{query}" if query else ""))


def too_many(request: HttpRequest) -> HttpResponse:
    """Somebody asks more often than people do."""
    return render(request, "site/429.html", status=429)
