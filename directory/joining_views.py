"""Owns the public pages on which a firm asks to be listed, tells more of itself, and joins a cluster."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hub import links
from hub.actions import ActionRefused
from hub.languages import current_language, in_language
from hub.models import Cluster, ClusterState
from search import registry
from search.state import MAX_WORDS, BadSearch, SearchState

from .actions.proposing import OPEN_CLUSTERS, AddToProposalAction
from .importing.filling import Terms, give
from .joining_forms import JoinClusterPublicForm, ListFirmForm
from .models import Firm, Proposal
from .models.firm import FIRMS
from .own_firm_form import OwnFirmForm
from .proposal_views import asked_by, refused, submit
from .proposing import ProposalBroken, read_changes
from .proposing.addresses import LIFE, STATUS, path_to
from .twins import Twin, twins_of
from .views import listed_at

_MOST = 8


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def list_firm(request: HttpRequest) -> HttpResponse:
    """Six fields; firms that may be the same are shown before anything is sent."""
    language = current_language()
    cluster = Cluster.objects.filter(slug=_asked(request, "cluster"), state__in=OPEN_CLUSTERS).first()
    form = ListFirmForm(request.POST or None, language=language)
    near: list[Twin] = []
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        near = [] if "is_new" in request.POST else _listed_twins(told["name"], told["website"])
        about = {"firm_name": told["name"], "region": told["region"], "cluster": cluster}
        asked = asked_by(request, form, Proposal.Kind.LIST, **about)
        proposal = None if near else submit(form, asked, timezone.now())
        if proposal:
            return redirect(path_to(STATUS, language, proposal=proposal.pk))
    context = {"form": form, "near": near, "cluster": cluster}
    return render(request, "directory/list_firm.html", context, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """What joining a cluster means, and the form for a firm that is listed; or why nobody can join."""
    cluster = get_object_or_404(Cluster, slug=slug)
    if cluster.state not in OPEN_CLUSTERS:
        return _not_open(request, cluster)
    language = current_language()
    asked_for = _asked(request, "firm")
    firm = listed_at(asked_for)
    form = JoinClusterPublicForm(request.POST or None) if firm else None
    if form and request.method == "POST" and form.is_valid():
        asked = asked_by(request, form, Proposal.Kind.JOIN, firm=firm, cluster=cluster)
        proposal = submit(form, asked, timezone.now())
        if proposal:
            return redirect(path_to(STATUS, language, proposal=proposal.pk))
    text = _asked(request, "q")
    context = {
        "cluster": cluster,
        "firm": firm,
        "is_gone": bool(asked_for) and firm is None,
        "form": form,
        "text": text,
        "found": _named_alike(text) if text and not firm else [],
    }
    return render(request, "directory/join.html", context, status=400 if form and form.errors else 200)


def _listed_twins(name: str, website: str) -> list[Twin]:
    """Of the firms that may be the same one, those that everybody may see."""
    twins = twins_of(name, website=website)
    listed = set(
        Firm.objects.listed().filter(pk__in=[each.firm.pk for each in twins]).values_list("pk", flat=True)
    )
    return [each for each in twins if each.firm.pk in listed]


def _named_alike(text: str) -> list[Firm]:
    """Listed firms that the search finds for a name, the best first."""
    words = " ".join(text.split()[:MAX_WORDS])
    try:
        hits = [hit.key for hit in registry.get(FIRMS).search(SearchState(text=words)).hits[:_MOST]]
    except BadSearch:
        return []
    found = Firm.objects.listed().select_related("region").in_bulk(hits)
    return [found[pk] for pk in hits if pk in found]


def _asked(request: HttpRequest, name: str) -> str:
    """A parameter of the address; PostgreSQL takes no NUL, not even to look for."""
    return request.GET.get(name, "").replace("\0", " ")[:200]


def _not_open(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    is_over = cluster.state in (ClusterState.WINDING_DOWN, ClusterState.CLOSED)
    last = cluster.changes.order_by("-date", "-pk").first()
    context = {
        "cluster": cluster,
        "since": last.date if last else None,
        "reason": in_language(last, "note", current_language()) if last else "",
    }
    return render(request, "directory/join_not_open.html", context, status=410 if is_over else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tell_more(request: HttpRequest, token: str) -> HttpResponse:
    """What else there is to say of a firm that waits to be listed."""
    try:
        proposal = _listing_of(token)
        form = OwnFirmForm(request.POST or None, firm=_described(proposal))
        if request.method == "POST" and form.is_valid() and _add(form, proposal):
            return redirect("directory:proposal_status", token)
    except ActionRefused as refusal:
        return refused(request, refusal)
    context = {"form": form, "name": proposal.firm_name, "token": token}
    return render(request, "directory/tell_more.html", context, status=400 if form.errors else 200)


def _add(form: OwnFirmForm, proposal: Proposal) -> bool:
    try:
        AddToProposalAction(proposal=proposal, changes=form.changes(), now=timezone.now()).run()
    except ProposalBroken as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _listing_of(token: str) -> Proposal:
    facts = links.read(STATUS, token, LIFE[STATUS])
    found = Proposal.objects.waiting().of_kinds([Proposal.Kind.LIST]).filter(pk=facts["proposal"]).first()
    if found is None:
        raise links.LinkExpired(_("This proposal has been decided: nothing can be added to it."))
    return found


def _described(proposal: Proposal) -> Firm:
    """The firm as the proposal describes it so far, in memory."""
    terms, firm = Terms.load(), Firm()
    for field, change in read_changes(proposal.kind, proposal.changes, terms).items():
        give(firm, field, change.after, terms)
    return firm
