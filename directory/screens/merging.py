"""Owns the screens on which two firms become one: choose, compare, merge; and on which that is undone."""

from typing import Any, cast

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from directory.actions.merging import MergeFirmsAction, UndoMergeAction
from directory.forms import MergeForm
from directory.merging.comparing import Row, compared
from directory.merging.fields import Side
from directory.models import Firm, Merge
from directory.twins import twins_of
from hub.permissions import in_reach, may_merge_firms
from hub.rights import Right
from hub.screens import ActionScreen

from .firm import NAMESPACE, FirmScreen

_FOUND = 20
_LONGEST = 100


class ChooseTwinScreen(FirmScreen):
    """Shows firms that may be the same one, and looks others up by name: those that the person may merge."""

    may = staticmethod(may_merge_firms)
    page_title = _("Merge with another firm")
    template_name = "directory/admin/merge_choose.html"
    # Nothing is sent here: the next screen is what is answered.
    http_method_names = ["get", "head", "options"]
    explanation = _(
        "Choose the entry that is the same firm. Nothing changes before you have compared the two. "
        "Two entries of different regions are for those who lead both, or for the coordinator."
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the firms to choose from."""
        text = "".join(
            char for char in self.request.GET.get("q", "")[:_LONGEST] if char.isprintable()
        ).strip()
        firm = self.object
        mine = in_reach(self.request.user, Right.REMOVE)
        twins = twins_of(firm.name, website=firm.website, number=firm.number, but=[firm.pk], among=mine)
        return super().get_context_data(text=text, twins=twins, found=self._found(text), **kwargs)

    def _found(self, text: str) -> QuerySet[Firm]:
        named = Q(name__icontains=text) | Q(trading_name__icontains=text) | Q(slug=text)
        mine = Firm.objects.standing().filter(in_reach(self.request.user, Right.REMOVE))
        firms = mine.exclude(pk=self.object.pk).select_related("region")
        return firms.filter(named).order_by("name", "pk")[:_FOUND] if text else firms.none()


class MergeScreen(FirmScreen):
    """Shows two firms side by side, asks whose value stays, and merges them."""

    form_class: type[forms.BaseForm] = MergeForm
    page_title = _("Merge two firms")
    template_name = "directory/admin/merge.html"
    submit_label = _("Merge the two firms")
    done = _("The two firms are one. It can be undone for thirty days.")
    is_dangerous = True

    def is_allowed(self, user: Any) -> bool:
        """Whether this person may merge both."""
        return may_merge_firms(user, self.object, self.other)

    @cached_property
    def other(self) -> Firm:
        """The one that is put aside."""
        firms = Firm.objects.standing().exclude(pk=self.object.pk)
        return get_object_or_404(firms, pk=self.kwargs["other"])

    @cached_property
    def rows(self) -> list[Row]:
        """The fields, side by side."""
        return compared(self.object, self.other)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form asks about the fields in which the two differ."""
        return super().get_form_kwargs() | {"rows": self.rows}

    def act(self, form: Any) -> None:
        """Merges the firms."""
        sides = {field: Side(side) for field, side in form.cleaned_data.items() if side}
        MergeFirmsAction(kept=self.object, other=self.other, sides=sides, **self.actor).run()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With both firms and the fields in which they are alike."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        asked = [(row, form[row.field]) for row in self.rows if row.field in form.fields]
        return context | {
            "other": self.other,
            "asked": asked,
            "alike": [row for row in self.rows if row.is_alike],
            "beside": beside(self.other),
        }


class UndoMergeScreen(ActionScreen):
    """Takes a merge back."""

    model = Merge
    object: Merge
    header_icon = "hub-firm"
    page_title = _("Undo a merge")
    template_name = "directory/admin/unmerge.html"
    submit_label = _("Undo the merge")
    done = _("The two firms are two again.")

    def is_allowed(self, user: Any) -> bool:
        """Whether this person may merge both."""
        return may_merge_firms(user, *filter(None, (self.object.kept, self.object.merged)))

    def act(self, form: Any) -> None:
        """Undoes the merge and says what is not taken back."""
        actor = cast(AbstractBaseUser, self.request.user)
        for sentence in UndoMergeAction(merge=self.object, actor=actor, now=timezone.now()).run():
            messages.warning(self.request, sentence)

    def back(self) -> str:
        """The form of the firm that was kept."""
        return reverse(f"{NAMESPACE}:edit", args=[self.object.kept_id])

    def get_page_subtitle(self) -> str:
        """The firm that was kept."""
        return str(self.object.kept)


def beside(firm: Firm) -> dict[str, int]:
    """How many rows of each kind go over with a firm."""
    return {
        "memberships": firm.memberships.count(),
        "people": firm.contact_persons.count(),
        "confirmations": firm.confirmations.count(),
        "studies": firm.case_studies.count(),
    }


def merge_screens() -> list[URLPattern]:
    """The addresses of these screens."""
    return [
        path("merge/<int:pk>/", ChooseTwinScreen.as_view(), name="merge"),
        path("merge/<int:pk>/with/<int:other>/", MergeScreen.as_view(), name="merge_with"),
        path("unmerge/<int:pk>/", UndoMergeScreen.as_view(), name="unmerge"),
    ]
