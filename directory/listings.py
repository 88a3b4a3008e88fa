"""Owns the flat registers of the admin: memberships, confirmations and imports that the person may see."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import ButtonHelper
from wagtail_modeladmin.options import ModelAdmin

from directory.models import Confirmation, FirmTransfer, ImportRun, Membership
from directory.screens import IMPORTS, NAMESPACE, TRANSFERS
from directory.screens.importing import UploadScreen
from directory.transfers import ANSWER
from hub.keys import key_of
from hub.listings import REGISTER, DeclaredFiltersView, ReadOnly
from hub.models import Cluster
from hub.permissions import has_right_anywhere, imports_in_sight, in_reach, may_import, regions_for
from hub.rights import Right
from hub.roles import Person
from search.sentence import grouped


class KeepersOfFirms(ReadOnly):
    """Who keeps firms may look at what is beside them."""

    def user_can_list(self, user: Any) -> bool:
        """Those who see drafts in any region."""
        return has_right_anywhere(user, Right.SEE_DRAFTS)


# Django's words for its filter by day: its own catalogue is not read where its admin is not installed.
DAYS = (_("Any date"), _("Today"), _("Past 7 days"), _("This month"), _("This year"))


class FlatRegister(ModelAdmin):
    """A list of rows beside firms; each leads to its firm, where it is changed."""

    index_template_name = REGISTER
    add_to_admin_menu = False
    permission_helper_class = KeepersOfFirms
    index_view_class = DeclaredFiltersView
    history_view_enabled = False
    list_display_add_buttons = "firm_link"
    list_per_page = 50

    def firm_link(self, row: Any) -> SafeString:
        """The firm, leading to its form."""
        url = reverse(f"{NAMESPACE}:edit", args=[row.firm_id])
        return format_html('<a href="{}">{}</a>', url, row.firm)

    firm_link.short_description = _("Firm")  # type: ignore[attr-defined]
    firm_link.admin_order_field = "firm__name"  # type: ignore[attr-defined]


def of_firms(user: Person) -> Q:
    """The rows beside firms of the regions whose drafts somebody sees."""
    return in_reach(user, Right.SEE_DRAFTS, of="firm__region")


class ClusterFilter(SimpleListFilter):
    """By cluster; Django's own filter for a foreign key needs its admin installed."""

    title = _("Cluster")
    parameter_name = "cluster"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """All clusters."""
        return [(str(cluster.pk), str(cluster)) for cluster in Cluster.objects.order_by("name_en")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> QuerySet[Membership]:
        """The members of one cluster."""
        cluster = key_of(Cluster, self.value())
        return queryset if cluster is None else queryset.filter(cluster=cluster)


class StandingFilter(SimpleListFilter):
    """By whether the membership goes on."""

    title = _("Standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Going on or over."""
        return [("present", _("Goes on")), ("over", _("Over"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> QuerySet[Membership]:
        """Memberships whose last day is, or is not, behind us."""
        over = Q(to_date__lt=timezone.localdate())
        return {"present": queryset.exclude(over), "over": queryset.filter(over)}.get(
            self.value() or "", queryset
        )


class MembershipRegister(FlatRegister):
    """Who belongs, or belonged, to which cluster."""

    model = Membership
    menu_label = _("Memberships")
    menu_icon = "group"
    list_display = ("firm_link", "cluster", "from_date", "to_date", "source")
    list_filter = (ClusterFilter, StandingFilter)
    search_fields = ("firm__name", "source")
    ordering = ("-from_date", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        """The memberships of firms of the person's regions, with both."""
        rows = Membership.objects.filter(of_firms(request.user))
        return rows.select_related("firm", "cluster").order_by(*self.ordering)


class Importers(ReadOnly):
    """Who may import may look, and begin an import."""

    def user_can_list(self, user: Any) -> bool:
        """Those who may import."""
        return may_import(user)

    def user_can_create(self, user: Any) -> bool:
        """Those who may import."""
        return may_import(user)


class ImportButtons(ButtonHelper):
    """The button over the list."""

    def add_button(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Leads to the upload."""
        label = _("Import a file")
        return super().add_button(*args, **kwargs) | {"label": label, "title": label, "icon": "upload"}


class ImportRegister(FlatRegister):
    """The imports that the person may see: who brought which file when, and what came of it."""

    model = ImportRun
    menu_label = _("Imports")
    menu_icon = "upload"
    permission_helper_class = Importers
    button_helper_class = ImportButtons
    list_display = ("run_link", "mapping_name", "by", "started_at", "state_now", "numbers")
    list_display_add_buttons = "run_link"
    list_filter = ("state",)
    search_fields = ("file_name",)
    ordering = ("-started_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportRun]:
        """One's own imports, or all, with who began them."""
        runs = ImportRun.objects.filter(imports_in_sight(request.user))
        return runs.select_related("by", "upload").order_by(*self.ordering)

    def create_view(self, request: HttpRequest) -> HttpResponseBase:
        """The upload, on a screen of its own."""
        return UploadScreen.as_view()(request)

    def run_link(self, run: ImportRun) -> SafeString:
        """The file, leading to its page."""
        return format_html('<a href="{}">{}</a>', reverse(f"{IMPORTS}:run", args=[run.pk]), run.file_name)

    def state_now(self, run: ImportRun) -> str:
        """How it stands; an import that was cut short says so."""
        return str(_("Interrupted")) if run.is_interrupted(timezone.now()) else run.get_state_display()

    def numbers(self, run: ImportRun) -> str:
        """What is new, changed and left out."""
        told = {name: grouped(run.counts.get(name, 0)) for name in ("new", "changed", "refused")}
        return str(_("%(new)s new, %(changed)s changed, %(refused)s left out")) % told if run.counts else "–"

    run_link.short_description = _("File")  # type: ignore[attr-defined]
    run_link.admin_order_field = "file_name"  # type: ignore[attr-defined]
    state_now.short_description = _("State")  # type: ignore[attr-defined]
    state_now.admin_order_field = "state"  # type: ignore[attr-defined]
    numbers.short_description = _("Numbers")  # type: ignore[attr-defined]


class Movers(ReadOnly):
    """Who may offer firms, or accept them, may look."""

    def user_can_list(self, user: Any) -> bool:
        """Those who may move a firm of any region."""
        return has_right_anywhere(user, Right.MOVE)


class TransferRegister(FlatRegister):
    """The firms offered to the person's regions, or by them; those that wait come first."""

    model = FirmTransfer
    permission_helper_class = Movers
    menu_label = _("Offers of firms")
    menu_icon = "arrow-right"
    list_display = ("offer_link", "from_region", "to_region", "offered_at", "state")
    list_display_add_buttons = "offer_link"
    list_filter = ("state",)
    search_fields = ("firm__name",)
    ordering = ("-offered_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[FirmTransfer]:
        """Those of the person's regions, with what the list shows of them."""
        reach = regions_for(request.user, Right.MOVE)
        mine = Value(True) if reach is None else _is(to_region__in=list(reach))
        rows = FirmTransfer.objects.between(reach).select_related("firm", "from_region", "to_region")
        rows = rows.annotate(is_to_me=mine, is_open_now=_is(state=FirmTransfer.State.WAITING))
        return rows.order_by("-is_open_now", "-offered_at", "-pk")

    def offer_link(self, row: Any) -> SafeString:
        """The firm, leading to the answer, or to taking the offer back."""
        if not row.is_to_me and not row.is_open:
            return format_html("{}", row.firm)
        name = ANSWER if row.is_to_me else f"{TRANSFERS}:withdraw"
        return format_html('<a href="{}">{}</a>', reverse(name, args=[row.pk]), row.firm)

    offer_link.short_description = _("Firm")  # type: ignore[attr-defined]
    offer_link.admin_order_field = "firm__name"  # type: ignore[attr-defined]


def _is(**asked: Any) -> Case:
    return Case(When(**asked, then=Value(True)), default=Value(False), output_field=BooleanField())


class ConfirmationRegister(FlatRegister):
    """Who said when that a firm is still right."""

    model = Confirmation
    menu_label = _("Confirmations")
    menu_icon = "check"
    list_display = ("firm_link", "at", "by")
    list_filter = ("at",)
    search_fields = ("firm__name",)
    ordering = ("-at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Confirmation]:
        """The confirmations of firms of the person's regions."""
        rows = Confirmation.objects.filter(of_firms(request.user))
        return rows.select_related("firm", "by").order_by(*self.ordering)
