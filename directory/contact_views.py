"""Owns the public pages on which a visitor writes to a firm, and reads what happens next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hub.actions import ActionRefused
from hub.languages import current_language
from hub.visitors import network_of

from .actions.proposing import FirmGone
from .actions.writing import Letter, TooManyMessages, WriteToFirmAction
from .contact_forms import WriteForm
from .contacting import Words
from .models import Firm
from .views import gone, listed_at

_STATUS: dict[type[ActionRefused], int] = {FirmGone: 410, TooManyMessages: 429}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a firm's page by itself; sent, it leads to the page that says what happens next."""
    firm = listed_at(slug)
    if request.method != "POST":
        if firm is None:
            return gone(request, slug)
        if firm.slug != slug:
            return redirect("directory:write", firm.slug, permanent=True)
        return _page(request, firm, WriteForm())
    form = WriteForm(request.POST)
    if firm is None:
        # It was listed when the form was shown. What was typed is kept, to be copied.
        return render(request, "directory/write_gone.html", {"form": form}, status=410)
    if not form.is_valid():
        return _page(request, firm, form, status=400)
    try:
        WriteToFirmAction(firm=firm, letter=_letter(request, form), now=timezone.now()).run()
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, firm, form, status=_STATUS.get(type(refusal), 409))
    return redirect("directory:written", firm.slug)


@never_cache
@require_safe
def written(request: HttpRequest, slug: str) -> HttpResponse:
    """The message is on its way, and what happens next. It says nothing about what was sent."""
    firm = listed_at(slug)
    if firm is None:
        return gone(request, slug)
    return render(request, "directory/written.html", {"firm": firm})


def _page(request: HttpRequest, firm: Firm, form: WriteForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"firm": firm, "form": form}
    return render(request, "directory/write.html", context, status=status)


def _letter(request: HttpRequest, form: WriteForm) -> Letter:
    told = form.cleaned_data
    words = Words(told["name"], told["email"], told["message"], current_language())
    return Letter(words, told["nonce"], network_of(request))
