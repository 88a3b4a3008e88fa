"""Owns the pages behind the links that firms get by mail: edit, leave, still right. Only a button acts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hub import links
from hub.actions import ActionRefused
from hub.languages import current_language

from .actions.own_firm import (
    ConfirmRemovalAction,
    ConfirmStillRightAction,
    SaveOwnFirmAction,
    require_edit_link,
    require_removal_link,
    require_unconfirmed,
)
from .actions.proposing import NothingProposed
from .models import Firm, Proposal
from .own_firm_form import OwnFirmForm
from .proposal_views import refused
from .proposing import ProposalBroken
from .proposing.addresses import LIFE, REMOVE_FIRM, STATUS, STILL_RIGHT, YOUR_FIRM, path_to


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def your_firm(request: HttpRequest, token: str) -> HttpResponse:
    """The profile of a firm, to be edited once by whoever has the link."""
    asked: Proposal | None = None
    try:
        asked = _asked(YOUR_FIRM, token)
        firm = require_edit_link(asked)
        form = OwnFirmForm(request.POST or None, firm=firm)
        saved = _save(form, asked) if request.method == "POST" and form.is_valid() else None
    except ActionRefused as refusal:
        return _refused(request, refusal, asked, Proposal.Kind.MINE, YOUR_FIRM, token)
    if saved:
        return redirect(path_to(STATUS, current_language(), proposal=saved.pk))
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "directory/your_firm.html", {"firm": firm, "form": form}, status=status)


def _save(form: OwnFirmForm, asked: Proposal) -> Proposal | None:
    try:
        action = SaveOwnFirmAction(request=asked, changes=form.changes(), now=timezone.now())
        saved: Proposal = action.run()
    except (NothingProposed, ProposalBroken) as refusal:
        form.add_error(None, str(refusal))
        return None
    return saved


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove_firm(request: HttpRequest, token: str) -> HttpResponse:
    """What will be gone, and the button that removes the firm at once."""
    asked: Proposal | None = None
    try:
        asked = _asked(REMOVE_FIRM, token)
        firm = require_removal_link(asked)
        if request.method == "POST":
            ConfirmRemovalAction(request=asked, now=timezone.now()).run()
            return redirect(path_to(STATUS, current_language(), proposal=asked.pk))
    except ActionRefused as refusal:
        return _refused(request, refusal, asked, Proposal.Kind.REMOVE, REMOVE_FIRM, token)
    return render(request, "directory/remove_firm.html", {"firm": firm, "gone": _what_goes(firm)})


def _what_goes(firm: Firm) -> dict[str, int]:
    return {
        "texts": sum(not each.is_empty() for each in firm.profiles.all()),
        "studies": firm.case_studies.count(),
        "people": firm.contact_persons.count(),
        "memberships": firm.memberships.count(),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_right(request: HttpRequest, token: str) -> HttpResponse:
    """What is shown of a firm, and the button that says that it is right."""
    try:
        facts = links.read(STILL_RIGHT, token, LIFE[STILL_RIGHT])
        firm = require_unconfirmed(Firm(pk=facts["firm"]), facts["after"])
        if request.method == "POST":
            ConfirmStillRightAction(firm=firm, after=facts["after"], now=timezone.now()).run()
    except ActionRefused as refusal:
        return refused(request, refusal)
    context = {"firm": firm, "is_confirmed": request.method == "POST"}
    return render(request, "directory/still_right.html", context)


def _asked(purpose: str, token: str) -> Proposal:
    facts = links.read(purpose, token, LIFE[purpose])
    found = Proposal.objects.select_related("firm__region").filter(pk=facts["proposal"]).first()
    if found is None:
        raise links.LinkExpired(_("This link is too old. Please ask for a new one."))
    return found


def _refused(
    request: HttpRequest, refusal: ActionRefused, asked: Proposal | None, kind: str, purpose: str, token: str
) -> HttpResponse:
    """Says why; whoever holds a link that was good once is led to where a new one is asked for."""
    context: dict[str, Any] = {"kind": kind}
    firm = asked.firm if asked else _firm_of_old_link(purpose, token)
    if firm and Firm.objects.listed().filter(pk=firm.pk).exists():
        context["firm"] = firm
    return refused(request, refusal, **context)


def _firm_of_old_link(purpose: str, token: str) -> Firm | None:
    try:
        facts = links.read(purpose, token, LIFE[STATUS])
    except ActionRefused:
        return None
    found = Proposal.objects.select_related("firm").filter(pk=facts["proposal"]).first()
    return found.firm if found else None
