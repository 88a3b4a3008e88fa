"""Owns the page behind the link of an invitation. Opening it does nothing; a button does."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hub.actions import ActionRefused
from hub.forms.invitation import NewAccountForm
from hub.invitations import AcceptedAlready, AcceptInvitationAction, account_of, read_invitation
from hub.models import Invitation


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody is invited to; a form for a new account, or a button for the account that is there."""
    now = timezone.now()
    try:
        asked = read_invitation(token, now)
    except ActionRefused as refusal:
        told = {"reason": str(refusal), "is_accepted": isinstance(refusal, AcceptedAlready)}
        return render(request, "hub/invitation_refused.html", told, status=410)
    account = account_of(asked)
    form = NewAccountForm(request.POST or None, invitation=asked) if account is None else None
    refused = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            return _accepted(request, asked, form.cleaned_data if form else {})
        except ActionRefused as refusal:
            refused = str(refusal)
    status = 400 if refused or (form is not None and form.errors) else 200
    context = {
        "invitation": asked,
        "form": form,
        "refused": refused,
        "is_own_account": account is not None and account.pk == request.user.pk,
        "login_url": _login(request.path),
    }
    return render(request, "hub/invitation.html", context, status=status)


def _accepted(request: HttpRequest, asked: Invitation, told: dict[str, Any]) -> HttpResponse:
    AcceptInvitationAction(
        invitation=asked,
        visitor=request.user,
        name=told.get("name", ""),
        language=told.get("language", ""),
        password=told.get("password", ""),
        now=timezone.now(),
    ).run()
    context = {"invitation": asked, "login_url": _login(reverse("wagtailadmin_home"))}
    return render(request, "hub/invitation_accepted.html", context)


def _login(then: str) -> str:
    return f"{reverse('wagtailadmin_login')}?{urlencode({'next': then})}"
