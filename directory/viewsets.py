"""Owns the register's lists and forms in the admin: firms and the two vocabularies."""

from typing import Any

from django.db.models import CharField, Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Cast
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, LiveStatusTagColumn, NumberColumn
from wagtail.admin.widgets.button import Button
from wagtail.models import Revision, WorkflowState
from wagtail.snippets.views.snippets import (
    EditView,
    IndexView,
    UnpublishView,
)

from directory.filters import FirmFilterSet
from directory.firm_panels import LANGUAGE_TABS, firm_panels
from directory.forms import SAID, TermForm
from directory.mentions import mentioned_capabilities
from directory.models import Capability, Firm, Sector
from directory.models.firm import FIRMS
from directory.notices import notices_of
from directory.panels import completeness_of, firms_wait
from directory.screens import NAMESPACE, AddFirmScreen, ExportScreen, fact_screens, merge_screens, near
from hub.languages import LANGUAGES
from hub.once import waits_already
from hub.permissions import has_right_anywhere, may_edit, may_export
from hub.rights import Right
from hub.scoping import HubSnippetViewSet, ScopedChooserViewSet, ScopedIndexView, ScopedSnippetViewSet
from search.documents import LANGUAGES as TEXT_LANGUAGES
from search.documents import Text
from search.marks import waiting


class CompletenessColumn(Column):
    """How complete a firm is, and on pointing at it what is missing."""

    cell_template_name = "directory/admin/completeness_cell.html"

    def get_value(self, instance: Firm) -> dict[str, Any]:
        """The percentage and what is missing."""
        return completeness_of(instance)


class FirmIndexView(ScopedIndexView):
    """The list of firms."""

    @cached_property
    def list_display(self) -> list[Any]:
        """Who, what, where, in which state."""
        return [
            "name",
            Column(
                "kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind", classname="hub-wide"
            ),
            Column("region", label=_("Region"), accessor="region", sort_key="region__name_en"),
            LiveStatusTagColumn(),
            CompletenessColumn("completeness", label=_("Complete")),
            DateColumn(
                "confirmed_at", label=_("Last confirmed"), sort_key="confirmed_at", classname="hub-wide"
            ),
        ]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """With the export of everything, for those who may have it."""
        export = Button(
            _("Export everything"), reverse(f"{NAMESPACE}:export"), icon_name="download", priority=90
        )
        return [*super().header_more_buttons, *([export] if may_export(self.request.user) else [])]

    def get_list_more_buttons(self, instance: Firm) -> list[Button]:
        """With *Still right* and a look at the public page."""
        if not instance.live or not may_edit(self.request.user, instance):
            return list(super().get_list_more_buttons(instance))
        confirm = reverse(self.index_url_name.replace(":list", ":confirm"), args=[instance.pk])
        return [
            *super().get_list_more_buttons(instance),
            Button(
                _("Still right?"), url=f"{confirm}?next={self.request.path}", icon_name="check", priority=15
            ),
            Button(_("See it on the site"), url=instance.get_absolute_url(), icon_name="view", priority=16),
        ]


class FirmEditView(EditView):
    """The form of a firm, below a strip that says how it stands and leads to what actions change."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With how complete the draft is and when the firm was last confirmed."""
        last = self.object.confirmations.order_by("-at").select_related("by").first()
        return super().get_context_data(
            completeness=completeness_of(self.object),
            confirmed=last,
            merges=self.object.merges.open().select_related("merged").order_by("-at"),
            merged_into=self.object.merged_into.open().select_related("kept").first(),
            live_firm=self.live_object,
            **notices_of(self.live_object, self.request.user),
            **kwargs,
        )

    def submit_action(self) -> Any:
        """Submits the draft; one that waits already waits on, where Wagtail would begin a second approval."""
        if self.object.workflow_in_progress:
            messages.info(self.request, waits_already())
            return None
        return super().submit_action()


class FirmUnpublishView(UnpublishView):
    """Takes a firm off the site through its own door, which Wagtail's view walks past."""

    def unpublish(self) -> Any:
        """Unpublishes the firm."""
        self.object.unpublish(user=self.request.user)


@require_POST
def mentions(request: HttpRequest) -> JsonResponse:
    """The capabilities that the texts of an open form mention, for its script: `{"mentions": [...]}`."""
    if not has_right_anywhere(request.user, Right.EDIT):
        return permission_denied(request)
    texts = [
        Text("text", request.POST.get(f"{name}_{language}", "")[:20_000], language)
        for language in TEXT_LANGUAGES
        for name in SAID
    ]
    found = [{"value": term.pk, "label": str(term)} for term in mentioned_capabilities(texts)]
    return JsonResponse({"mentions": found})


class FirmViewSet(ScopedSnippetViewSet):
    """Firms, with drafts, history, preview and the screens beside the form."""

    model = Firm
    icon = "hub-firm"
    menu_label = _("Firms")
    menu_name = "firms"
    index_view_class = FirmIndexView
    edit_view_class = FirmEditView
    unpublish_view_class = FirmUnpublishView
    edit_template_name = "directory/admin/firm_edit.html"
    filterset_class = FirmFilterSet
    search_fields = ("name", "trading_name")
    search_backend_name = None
    ordering = ("name", "pk")
    list_per_page = 30
    edit_handler = firm_panels()

    def rows(self) -> QuerySet[Firm]:
        """All firms with what the list shows of them, in a number of queries that does not grow."""
        # The list asks every row for its schedule and its workflow, one query each, unless it has them.
        scheduled = Revision.objects.filter(
            base_content_type=Firm.get_base_content_type(),
            object_id=Cast(OuterRef("pk"), CharField()),
            approved_go_live_at__isnull=False,
        )
        active = WorkflowState.objects.active().select_related("current_task_state__task")
        workflows = Prefetch("workflow_states", active, to_attr="_current_workflow_states")
        return (
            Firm.objects.standing()
            .with_confirmed_at()
            .annotate(scheduled_revision=Subquery(scheduled.values("pk")[:1]))
            .select_related("region")
            .prefetch_related("profiles", "firm_sectors", "firm_capabilities", workflows)
        )

    @property
    def add_view(self) -> Any:
        """Five questions first; Wagtail would open the whole form."""
        return AddFirmScreen.as_view()

    def get_urlpatterns(self) -> list[URLPattern]:
        """With the screens of the actions, and what the forms' scripts ask."""
        export = path("export/", ExportScreen.as_view(), name="export")
        asked = [path("mentions/", mentions, name="mentions"), path("near/", near, name="near")]
        return [*super().get_urlpatterns(), *fact_screens(), *merge_screens(), export, *asked]


class TermIndexView(IndexView):
    """The list of a vocabulary. While firms of a changed term wait for the search, it says how many."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With a message, unless only the rows are asked for."""
        number = 0 if self.results_only else waiting(FIRMS)
        if number:
            messages.info(self.request, firms_wait(number))
        return super().get_context_data(**kwargs)


class TermViewSet(HubSnippetViewSet):
    """A closed vocabulary: labels and alternative terms in three languages."""

    index_view_class = TermIndexView
    chooser_viewset_class = ScopedChooserViewSet
    copy_view_enabled = False
    search_fields = ("name", "name_fr", "name_nl")
    search_backend_name = None
    list_per_page = 50
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("name"), FieldPanel("name_fr"), FieldPanel("name_nl")],
                heading=_("Label"),
                help_text=_("A new label shows on every firm at once."),
            ),
            MultiFieldPanel(
                [FieldPanel(f"also_{language}") for language in LANGUAGES],
                heading=_("Also called"),
                help_text=_("Whoever searches for one of these finds the firms of this term."),
            ),
            FieldPanel("slug"),
        ],
        base_form_class=TermForm,
    )
    through = ""

    @property
    def list_display(self) -> list[Any]:
        """The labels, and how many firms have the term."""
        others = [
            Column(f"name_{code}", label=name, sort_key=f"name_{code}", classname="hub-wide")
            for code, name in LANGUAGE_TABS
            if code != "en"
        ]
        used_by = NumberColumn("used_by", label=_("Firms"), sort_key="used_by")
        return ["__str__", *others, used_by]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """All terms with the number of their firms, by label in the editor's language."""
        language = get_language()
        column = f"name_{language}" if language in ("fr", "nl") else "name"
        return self.model.objects.annotate(used_by=Count(self.through)).order_by(column)


class SectorViewSet(TermViewSet):
    """What firms are in."""

    model = Sector
    icon = "tag"
    menu_label = _("Sectors")
    menu_name = "sectors"
    through = "firm_sectors"


class CapabilityViewSet(TermViewSet):
    """What firms use or can do."""

    model = Capability
    icon = "cogs"
    menu_label = _("Capabilities")
    menu_name = "capabilities"
    through = "firm_capabilities"
