"""Owns the queue of proposals: the list, and a screen for each answer."""

from collections.abc import Callable, Iterator
from typing import Any, cast

from django import forms
from django.contrib.admin import SimpleListFilter
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from directory.actions.answering import AcceptProposalAction, ReturnProposalAction
from directory.actions.carrying_out import Way
from directory.importing.filling import Terms
from directory.listings import FlatRegister, ReadOnly
from directory.models import Proposal
from directory.models.proposal import ProposalQuerySet
from directory.proposing import Compared, ProposalBroken, compared, read_changes
from directory.proposing.mails import ANSWER
from hub.permissions import may_answer_proposals, may_decide, regions_for
from hub.rights import Right
from hub.roles import Person
from hub.screens import ActionScreen

RETURN = "directory_proposals:return"
LIST = "directory_proposal_modeladmin_index"

# What accepting does, in words: said before it is done.
CONSEQUENCES = {
    Proposal.Kind.CORRECT: _("The fields below are published at once, as a new version of the firm."),
    Proposal.Kind.CLOSED: _("The firm is taken off the site. It stays in the admin."),
    Proposal.Kind.DUPLICATE: _(
        "Merge the two entries first; if they belong to two regions, the coordinator does. Accepting only "
        "closes the proposal."
    ),
    Proposal.Kind.REMOVE: _(
        "The firm is erased: page, texts, drafts, contacts and history. This cannot be undone, "
        "and no import brings it back. Be sure that the firm itself asks for it."
    ),
    Proposal.Kind.MINE: _(
        "A link goes to the sender with which they can edit the firm once. Be sure that they work there. "
        "What they save waits here again."
    ),
    Proposal.Kind.LIST: _(
        "The firm is added and published. The sender becomes its contact person; nothing of them is shown."
    ),
    Proposal.Kind.JOIN: _(
        "The firm is a member from today on. The members agree to it (Terms of Reference)."
    ),
}
INTO_DRAFT = _("The fields below go into the draft of the firm. Whoever leads its region publishes it.")
HARMFUL = (Proposal.Kind.REMOVE, Proposal.Kind.CLOSED)


def mine(user: Person) -> ProposalQuerySet:
    """The proposals that somebody answers, or may at least put into a draft."""
    return Proposal.objects.placed_in(regions_for(user, Right.ANSWER))


class KindFilter(SimpleListFilter):
    """By what is asked."""

    title = _("What")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """All kinds."""
        return list(Proposal.Kind.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Proposal]) -> QuerySet[Proposal]:
        """Proposals of one kind."""
        return queryset.filter(kind=self.value()) if self.value() in Proposal.Kind.values else queryset


class StateFilter(SimpleListFilter):
    """By how they stand; without a choice those that wait."""

    title = _("State")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """All states but the one that is shown first, and everything."""
        others = [each for each in Proposal.State.choices if each[0] != Proposal.State.WAITING]
        return [*others, ("all", _("All"))]

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Those that wait stand where Django says "All"."""
        first, *others = super().choices(changelist)
        yield {**first, "display": Proposal.State.WAITING.label}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Proposal]) -> QuerySet[Proposal]:
        """Proposals in one state."""
        chosen = self.value() or Proposal.State.WAITING
        return queryset if chosen == "all" else queryset.filter(state=chosen)


class ProposalHelper(ReadOnly):
    """Those who may answer may look, at their own regions; answering has a screen of its own."""

    def user_can_list(self, user: Any) -> bool:
        """Whoever may answer."""
        return may_answer_proposals(user)


class ProposalRegister(FlatRegister):
    """What waits for an answer, the oldest first."""

    model = Proposal
    permission_helper_class = ProposalHelper
    menu_label = _("Proposals")
    menu_icon = "mail"
    list_display = ("what", "about", "who", "since", "state_label")
    list_display_add_buttons = "what"
    list_filter = (StateFilter, KindFilter)
    search_fields = ("firm_name", "sender_name", "sender_email")
    ordering = ("is_closed", "sent_at", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proposal]:
        """Those of the person's regions, with what the list shows of them; those that wait come first."""
        closed = Case(
            When(state=Proposal.State.WAITING, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        return (
            mine(request.user)
            .select_related("firm__region", "region", "cluster")
            .annotate(is_closed=closed)
            .order_by(*self.ordering)
        )

    def what(self, row: Proposal) -> SafeString:
        """What is asked, leading to its screen."""
        own = _(" (by the firm)") if row.is_by_firm else ""
        return format_html(
            '<a href="{}">{}{}</a>', reverse(ANSWER, args=[row.pk]), row.get_kind_display(), own
        )

    def about(self, row: Proposal) -> str:
        """The firm and its region, or the cluster."""
        known = (row.firm_name, str(row.subject.region or ""), str(row.cluster or ""))
        return " · ".join(each for each in known if each) or "–"

    def who(self, row: Proposal) -> str:
        """Who sent it."""
        return " · ".join(each for each in (row.sender_name, row.sender_email) if each) or "–"

    def since(self, row: Proposal) -> SafeString:
        """When it was sent, and how long ago."""
        date = timezone.localtime(row.sent_at)
        return format_html('<time datetime="{}">{}</time>', date.isoformat(), timesince(row.sent_at))

    def state_label(self, row: Proposal) -> str:
        """How it stands."""
        return row.get_state_display()

    what.short_description = _("What")  # type: ignore[attr-defined]
    about.short_description = _("About")  # type: ignore[attr-defined]
    who.short_description = _("Who")  # type: ignore[attr-defined]
    since.short_description = _("Waits since")  # type: ignore[attr-defined]
    state_label.short_description = _("State")  # type: ignore[attr-defined]


class AcceptForm(forms.Form):
    """How it is accepted, and for what does harm, that somebody is sure."""

    way = forms.ChoiceField(label=_("How"), widget=forms.RadioSelect)
    is_sure = forms.BooleanField(label=_("I am sure: this cannot simply be undone"))

    def __init__(self, *args: Any, proposal: Proposal, user: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ways = ways_of(user, proposal)
        self.fields["way"].choices = self.ways  # type: ignore[attr-defined]
        self.initial.setdefault("way", self.ways[0][0] if self.ways else "")
        if proposal.kind not in HARMFUL:
            del self.fields["is_sure"]


def ways_of(user: Person, proposal: Proposal) -> list[tuple[str, Any]]:
    """How somebody may accept a proposal: editors put a correction into the draft, and no more."""
    into_draft = (Way.INTO_DRAFT.value, _("Put it into the draft, and publish nothing"))
    if not may_decide(user, proposal.subject):
        return [into_draft] if proposal.kind == Proposal.Kind.CORRECT else []
    does = {Proposal.Kind.CORRECT: _("Accept and publish"), Proposal.Kind.DUPLICATE: _("They are merged")}
    first = (Way.PUBLISH.value, does.get(Proposal.Kind(proposal.kind), _("Accept")))
    by_hand = (Way.BY_HAND.value, _("Close it: I have done by hand what had to be done"))
    if proposal.kind != Proposal.Kind.CORRECT or not _has_draft_of_editors(proposal):
        return [first, by_hand]
    return [into_draft, by_hand]


def _has_draft_of_editors(proposal: Proposal) -> bool:
    """Whether the firm has a draft other than the one that this proposal saved."""
    firm = proposal.firm
    if firm is None or not firm.has_unpublished_changes:
        return False
    return proposal.revision is None or firm.latest_revision_id != proposal.revision


class ReturnForm(forms.Form):
    """Why a proposal is returned."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Whoever sent it reads this, in the mail and on the status page."),
    )


class ProposalScreen(ActionScreen):
    """A screen about one proposal, for those who answer for the region in which its firm is now."""

    model = Proposal
    object: Proposal
    header_icon = "mail"
    template_name = "directory/admin/proposal.html"

    may: Callable[..., bool] = staticmethod(may_answer_proposals)

    def is_allowed(self, user: Any) -> bool:
        """Whether this person may do it to this very proposal."""
        return self.may(user, self.object.subject)

    @property
    def actor(self) -> dict[str, Any]:
        """Who answers, and when."""
        return {"actor": cast(AbstractBaseUser, self.request.user), "now": timezone.now()}

    def back(self) -> str:
        """The queue."""
        return reverse(LIST)

    def get_page_subtitle(self) -> str:
        """The firm."""
        return self.object.firm_name or str(self.object.cluster or "")

    @cached_property
    def rows(self) -> list[Compared]:
        """What is proposed beside the register; what cannot be read any more is said in `broken`."""
        self.broken = ""
        terms = Terms.load()
        firm = self.object.firm
        draft = firm.get_latest_revision_as_object() if firm and _has_draft_of_editors(self.object) else None
        try:
            changes = read_changes(self.object.kind, self.object.changes, terms)
        except ProposalBroken as refusal:
            self.broken = str(refusal)
            return []
        return compared(firm, draft, changes, terms)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the comparison, and what accepting would do."""
        proposal, may_return = self.object, may_decide(self.request.user, self.object.subject)
        return super().get_context_data(
            proposal=proposal,
            region=proposal.subject.region,
            rows=self.rows,
            broken=self.broken,
            has_draft=_has_draft_of_editors(proposal),
            consequence=CONSEQUENCES[Proposal.Kind(proposal.kind)] if may_return else INTO_DRAFT,
            may_return=may_return,
            waits=proposal.state == Proposal.State.WAITING,
            return_url=reverse(RETURN, args=[proposal.pk]),
            **kwargs,
        )


class AnswerScreen(ProposalScreen):
    """What is proposed beside what the register says, and a button to accept it."""

    form_class: type[forms.BaseForm] = AcceptForm
    page_title = _("Answer a proposal")
    submit_label = _("Accept")
    done = _("The proposal is accepted, and the sender gets a mail.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form knows what it accepts."""
        return super().get_form_kwargs() | {"proposal": self.object, "user": self.request.user}

    def act(self, form: Any) -> None:
        """Accepts it."""
        way, seen = Way(form.cleaned_data["way"]), self.request.POST.get("seen", "")
        AcceptProposalAction(proposal=self.object, way=way, seen=seen, **self.actor).run()


class ReturnScreen(ProposalScreen):
    """Says no, and why."""

    may = staticmethod(may_decide)
    form_class: type[forms.BaseForm] = ReturnForm
    template_name = "directory/admin/proposal_return.html"
    page_title = _("Return a proposal")
    submit_label = _("Return it")
    done = _("The proposal is returned, and the sender gets a mail with your reason.")

    def act(self, form: Any) -> None:
        """Returns it."""
        ReturnProposalAction(proposal=self.object, reason=form.cleaned_data["reason"], **self.actor).run()


def proposal_screens() -> list[URLPattern]:
    """The addresses of the answers."""
    return [
        path("<int:pk>/", AnswerScreen.as_view(), name="answer"),
        path("<int:pk>/return/", ReturnScreen.as_view(), name="return"),
    ]
