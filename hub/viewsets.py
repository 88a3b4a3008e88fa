"""Owns the admin screens of regions and clusters."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import EditView, IndexView

from hub.actions.cluster import ChangeClusterStateAction
from hub.forms import ClusterStateForm, RegionField, WordsField
from hub.languages import LANGUAGES, current_language
from hub.models import Cluster, ClusterState, Region
from hub.scoping import HubSnippetViewSet, ScopedChooserViewSet
from hub.screens import ActionScreen

LANGUAGE_NAMES = {"en": "English", "fr": "Français", "nl": "Nederlands"}
SPOKEN = [("en", _("English")), ("fr", _("French")), ("nl", _("Dutch")), ("de", _("German"))]


class KeepsSlugForm(WagtailAdminModelForm):
    """A form whose short name is set once: addresses that people kept go on leading to the row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["slug"].disabled = True
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("It stays as it is: addresses contain it.")


class RegionForm(KeepsSlugForm):
    """The form of a region."""

    parent = RegionField(label=_("Lies in"), required=False, empty_label=_("Nothing: it is a country"))
    other_codes = WordsField(label=_("Other codes for the same ground"), lines=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"), choices=SPOKEN, required=False, widget=forms.CheckboxSelectMultiple
    )


def _partner_mark(region: Region) -> Any:
    return _("Partner") if region.is_partner else ""


class RegionIndexView(IndexView):
    """All regions, by their names in the editor's language."""

    def get_ordering(self) -> Any:
        """The name that the list shows, unless a column was chosen."""
        ordering = super().get_ordering()
        return (f"name_{current_language()}",) if ordering == self.default_ordering else ordering


class RegionViewSet(HubSnippetViewSet):
    """Regions: a tree with codes and names in three languages."""

    model = Region
    chooser_viewset_class = ScopedChooserViewSet
    index_view_class = RegionIndexView
    icon = "hub-region"
    menu_label = _("Regions")
    menu_name = "regions"
    menu_order = 300
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = (
        "__str__",
        Column("parent", label=_("Lies in"), accessor="parent"),
        Column("code", label=_("Code"), sort_key="code", classname="hub-wide"),
        Column("is_partner", label=_("Partner"), accessor=_partner_mark, sort_key="is_partner"),
    )
    list_filter = ("is_partner", "scheme")
    search_fields = ("name_en", "name_fr", "name_nl", "code")
    search_backend_name = None
    ordering = ("name_en",)
    list_per_page = 50
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=_("A region is a place in the tree: Kent lies in South East, which lies in England.")
            ),
            MultiFieldPanel(
                [FieldPanel(f"name_{code}", heading=LANGUAGE_NAMES[code]) for code in LANGUAGES],
                heading=_("Name"),
            ),
            FieldPanel("slug"),
            FieldPanel("parent"),
            MultiFieldPanel(
                [FieldPanel("scheme"), FieldPanel("code"), FieldPanel("other_codes")], heading=_("Code")
            ),
            FieldPanel("languages"),
            FieldPanel("is_partner"),
        ],
        base_form_class=RegionForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Region]:
        """All regions, each with the one it lies in."""
        return Region.objects.select_related("parent")


class ChangeClusterStateScreen(ActionScreen):
    """Where a cluster takes another state, beside the story of its life so far."""

    model = Cluster
    object: Cluster
    form_class: type[forms.BaseForm] = ClusterStateForm
    template_name = "hub/admin/cluster_state.html"
    page_title = _("Change the state of the cluster")
    header_icon = "hub-cluster"
    submit_label = _("Change the state")
    done = _("The state of the cluster has changed.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers the states that the cluster is not in."""
        return super().get_form_kwargs() | {"cluster": self.object}

    def get_initial(self) -> dict[str, Any]:
        """Most changes are entered on the day."""
        return {"date": timezone.localdate()}

    def act(self, form: Any) -> None:
        """Changes the state."""
        told = form.cleaned_data
        ChangeClusterStateAction(
            cluster=self.object,
            state=ClusterState(told["state"]),
            date=told["date"],
            notes={language: told[f"note_{language}"] for language in LANGUAGES},
            actor=self.request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        ).run()

    def back(self) -> str:
        """The cluster's form."""
        return reverse(ClusterViewSet().get_url_name("edit"), args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the changes so far, the last one first."""
        return super().get_context_data(changes=self.object.changes.order_by("-date", "-pk"), **kwargs)


class ClusterEditView(EditView):
    """The form of a cluster, below a strip with its state; that changes on a screen of its own."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the last change of its state."""
        return super().get_context_data(
            last_change=self.object.changes.order_by("-date", "-pk").first(), **kwargs
        )


class ClusterViewSet(HubSnippetViewSet):
    """Clusters: what each is about, in three languages, and its state."""

    model = Cluster
    chooser_viewset_class = ScopedChooserViewSet
    icon = "hub-cluster"
    menu_label = _("Clusters")
    menu_name = "clusters"
    menu_order = 210
    add_to_admin_menu = True
    copy_view_enabled = False
    edit_view_class = ClusterEditView
    edit_template_name = "hub/admin/cluster_edit.html"
    list_display = (
        "__str__",
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
    )
    list_filter = ("state",)
    search_fields = ("name_en", "name_fr", "name_nl", "brand")
    search_backend_name = None
    ordering = ("name_en",)
    edit_handler = TabbedInterface(
        [
            ObjectList([FieldPanel("brand"), FieldPanel("slug")], heading=_("Facts")),
            *[
                ObjectList(
                    [FieldPanel(f"{name}_{code}") for name in ("name", "purpose", "values")],
                    heading=LANGUAGE_NAMES[code],
                )
                for code in LANGUAGES
            ],
        ],
        base_form_class=KeepsSlugForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        """With the screen on which the state changes."""
        state = path("state/<int:pk>/", ChangeClusterStateScreen.as_view(), name="state")
        return [*super().get_urlpatterns(), state]
