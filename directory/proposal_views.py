"""Owns the public pages on which somebody proposes something, and sees what became of it."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hub import links
from hub.actions import ActionRefused
from hub.languages import current_language
from hub.visitors import network_of

from .actions.proposing import AlreadyDecided, Asked, SubmitProposalAction, WithdrawProposalAction
from .importing.filling import Terms
from .models import Proposal
from .proposal_forms import FORMS, MarkedForm
from .proposing import ProposalBroken, compared, read_changes
from .proposing.addresses import LIFE, STATUS, path_to
from .views import gone, listed_at

TITLES = {
    Proposal.Kind.CORRECT: _("Something is wrong"),
    Proposal.Kind.CLOSED: _("This firm has closed"),
    Proposal.Kind.DUPLICATE: _("This firm is listed twice"),
    Proposal.Kind.REMOVE: _("Remove our firm"),
    Proposal.Kind.MINE: _("I work here"),
}
# Answered in the same words whether or not the register has an address to send a link to.
NEUTRAL = (Proposal.Kind.MINE, Proposal.Kind.REMOVE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """One short form about a listed firm; sent, it leads to the page that says what becomes of it."""
    if kind not in FORMS:
        raise Http404
    firm = listed_at(slug)
    if firm is None:
        return gone(request, slug)
    if firm.slug != slug:
        return redirect("directory:propose", firm.slug, kind, permanent=True)
    language = current_language()
    form = FORMS[kind](request.POST or None, firm=firm, language=language)
    if request.method == "POST" and form.is_valid():
        asked = asked_by(request, form, kind, firm=firm)
        proposal = submit(form, asked, timezone.now())
        if proposal:
            return redirect(path_to(STATUS, language, proposal=proposal.pk))
    context = {"firm": firm, "form": form, "kind": kind, "title": TITLES[Proposal.Kind(kind)]}
    return render(request, "directory/propose.html", context, status=_status(form))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_status(request: HttpRequest, token: str) -> HttpResponse:
    """What was proposed, who has it, and what was decided; it can be taken back with a button."""
    try:
        proposal = _proposal_of(token)
    except ActionRefused as refusal:
        return refused(request, refusal)
    if request.method == "POST":
        _withdraw(proposal)
        return redirect("directory:proposal_status", token)
    return render(request, "directory/proposal_status.html", status_context(proposal))


def status_context(proposal: Proposal) -> dict[str, Any]:
    """What the status page shows. Nothing of it says whether the register knows an address."""
    terms = Terms.load()
    try:
        changes = read_changes(proposal.kind, proposal.changes, terms)
    except ProposalBroken:
        changes = {}
    is_neutral = proposal.kind in NEUTRAL and proposal.state in (
        Proposal.State.SENT,
        Proposal.State.WAITING,
        Proposal.State.LAPSED,
    )
    return {
        "proposal": proposal,
        "rows": compared(proposal.firm, None, changes, terms),
        "is_neutral": is_neutral and not (proposal.state == Proposal.State.LAPSED and not proposal.firm),
        "is_listed": proposal.firm is not None and proposal.firm.live,
    }


def asked_by(request: HttpRequest, form: MarkedForm, kind: str, **about: Any) -> Asked:
    """What a valid form asks, and from where."""
    told = form.cleaned_data
    return Asked(
        kind=kind,
        email=told["sender_email"],
        name=told.get("sender_name", ""),
        note=told.get("note", ""),
        network=network_of(request),
        language=current_language(),
        nonce=told["nonce"],
        changes=form.changes(),
        **about,
    )


def submit(form: MarkedForm, asked: Asked, now: datetime) -> Proposal | None:
    """The proposal, or None if it is refused: then the form says why."""
    try:
        proposal: Proposal = SubmitProposalAction(asked=asked, now=now).run()
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    return proposal


def refused(request: HttpRequest, refusal: ActionRefused, **context: Any) -> HttpResponse:
    """A link does not work: says why, and what to do next."""
    status = 403 if isinstance(refusal, links.LinkBroken) else 410
    return render(request, "directory/link_refused.html", {"reason": str(refusal), **context}, status=status)


def _proposal_of(token: str) -> Proposal:
    facts = links.read(STATUS, token, LIFE[STATUS])
    found = Proposal.objects.select_related("firm", "cluster", "region").filter(pk=facts["proposal"]).first()
    if found is None:
        raise links.LinkExpired(_("This proposal is not kept any more."))
    return found


def _withdraw(proposal: Proposal) -> None:
    try:
        WithdrawProposalAction(proposal=proposal, now=timezone.now()).run()
    except AlreadyDecided:
        # The page that is shown next says how it ended.
        return


def _status(form: MarkedForm) -> int:
    return 400 if form.is_bound and form.errors else 200
