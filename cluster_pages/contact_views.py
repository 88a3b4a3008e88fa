"""Owns the public pages on which a visitor writes to the leads of a region, and reads what happens next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cluster_pages.actions.writing import WriteToLeadsAction
from cluster_pages.presenting.hubs import ContactFacts
from directory.actions.writing import Letter, TooManyMessages
from directory.contact_forms import WriteForm
from directory.contacting import Words
from hub.actions import ActionRefused
from hub.languages import current_language
from hub.models import Region
from hub.visitors import network_of


class WriteToLeadsForm(WriteForm):
    """The form by which a visitor writes to the people of a region."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("You are answered there. It is given to nobody else.")
        self.fields["message"].help_text = _("In English, French or Dutch; without links.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; sent, it leads to the page that says what happens next."""
    region = _region(slug)
    if request.method != "POST":
        return _page(request, region, WriteToLeadsForm())
    form = WriteToLeadsForm(request.POST)
    if not form.is_valid():
        return _page(request, region, form, status=400)
    told = form.cleaned_data
    words = Words(told["name"], told["email"], told["message"], current_language())
    letter = Letter(words, told["nonce"], network_of(request))
    try:
        WriteToLeadsAction(region=region, letter=letter, now=timezone.now()).run()
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, region, form, status=429 if isinstance(refusal, TooManyMessages) else 409)
    return redirect("cluster_pages:contacted", region.slug)


@never_cache
@require_safe
def contacted(request: HttpRequest, slug: str) -> HttpResponse:
    """The message is on its way, and what happens next. It says nothing about what was sent."""
    facts = ContactFacts.of(_region(slug), current_language())
    return render(request, "cluster_pages/contacted.html", {"facts": facts})


def _page(request: HttpRequest, region: Region, form: WriteForm, status: int = 200) -> HttpResponse:
    context = {"facts": ContactFacts.of(region, current_language()), "form": form}
    return render(request, "cluster_pages/contact.html", context, status=status)


def _region(slug: str) -> Region:
    """A region that runs a hub; others have nobody to write to."""
    return get_object_or_404(Region.objects.filter(hub__isnull=False), slug=slug)
