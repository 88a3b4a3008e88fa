"""Owns the admin screens of pages: a hub is still right, and a page is translated."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.simple_translation.forms import SubmitTranslationForm
from wagtail.contrib.simple_translation.views import SubmitPageTranslationView

from cluster_pages.models import RegionalHubPage
from hub.actions.reviewing import ReviewHubAction
from hub.models import RegionalHub
from hub.permissions import has_right_anywhere, in_reach
from hub.rights import Right
from hub.roles import Person
from hub.screens import ActionScreen


def may_review_any(user: Person) -> bool:
    """Whether there is a hub that this person may review."""
    return has_right_anywhere(user, Right.PUBLISH)


class ReviewHubScreen(ActionScreen):
    """Says that a hub is still right: one click, and no page changes."""

    model = RegionalHub
    object: RegionalHub
    may = staticmethod(may_review_any)
    header_icon = "check"
    page_title = _("Still right?")
    submit_label = _("It is still right")
    done = _("Thank you. Visitors now read when the hub was last reviewed.")
    explanation = _(
        "You have read the pages of your hub in its home language, and what they say is right. No page is "
        "changed. Visitors read on which day it was reviewed, and by whom."
    )

    def rows_to_act_on(self) -> QuerySet[RegionalHub]:
        """The hubs of the person's own regions; those of others are not found."""
        return RegionalHub.objects.filter(in_reach(self.request.user, Right.PUBLISH))

    def act(self, form: Any) -> None:
        """Notes the review."""
        ReviewHubAction(hub=self.object, actor=self.request.user, now=timezone.now()).run()  # type: ignore[arg-type]

    def back(self) -> str:
        """The page of the hub in its home language."""
        page = RegionalHubPage.objects.filter(
            region=self.object.region_id, locale__language_code=self.object.home_language
        ).first()
        return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else reverse("wagtailadmin_home")


class PageByPageForm(SubmitTranslationForm):
    """Wagtail's form without the pages below: copies that nobody has translated are worse than none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["locales"].label = _("Languages")
        below = self.fields["include_subtree"]
        below.widget, below.disabled = forms.HiddenInput(), True


class TranslatePageScreen(SubmitPageTranslationView):
    """Wagtail's screen with our form."""

    def get_form(self) -> PageByPageForm:
        """As sent, or empty."""
        return PageByPageForm(self.object, self.request.POST if self.request.method == "POST" else None)


def screens() -> list[URLPattern]:
    """The addresses of these screens, below /admin/; that of translating is Wagtail's own."""
    translate = TranslatePageScreen.as_view()
    return [
        path("translation/submit/page/<int:page_id>/", translate, name="cluster_pages_translate"),
        path("hubs/<int:pk>/still-right/", ReviewHubScreen.as_view(), name="cluster_pages_review_hub"),
    ]
