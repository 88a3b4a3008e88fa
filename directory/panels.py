"""Owns the parts of the firm's form that are not plain fields, and the register's panel on the dashboard."""

import functools
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.forms import Media
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.admin.compare import FieldComparison, TextFieldComparison
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.admin.ui.components import Component

from directory import completeness
from directory.mentions import mentioned_capabilities, texts_of
from directory.models import Confirmation, Firm, FirmProfile, Membership
from directory.models.fields import ChosenValuesField
from directory.models.firm import FIRMS, FirmQuerySet
from hub.desk import Link
from hub.models import Cluster, Region, RegionalHub
from hub.permissions import regions_for
from hub.regions import RegionTree
from hub.rights import Right
from search.marks import waiting
from search.sentence import grouped


class _SaidComparison(TextFieldComparison):
    """Compares what two drafts say in one language."""

    def __init__(self, language: str, field: Any, obj_a: Firm, obj_b: Firm) -> None:
        self.language = language
        self.field = field
        self.val_a, self.val_b = (self._said(firm) for firm in (obj_a, obj_b))

    def field_label(self) -> str:
        """The name of the text and its language."""
        return f"{super().field_label()} ({FirmProfile.Language(self.language).label})"

    def _said(self, firm: Firm) -> str:
        said = [profile for profile in firm.profiles.all() if profile.language == self.language]
        return str(getattr(said[0], self.field.name)) if said else ""


class SaidPanel(FieldPanel):
    """A text in one language; its field `description_fr` is kept in the French profile."""

    class BoundPanel(FieldPanel.BoundPanel):
        def get_comparison(self) -> list[Any]:
            """Drafts differ in the profile and not in the firm."""
            name, _sep, language = self.field_name.rpartition("_")
            return [functools.partial(_SaidComparison, language, FirmProfile._meta.get_field(name))]


class _ChosenComparison(FieldComparison):
    """Compares values of a closed list by their labels."""

    def __init__(self, field: ChosenValuesField, obj_a: Firm, obj_b: Firm) -> None:
        super().__init__(field, obj_a, obj_b)
        labels = dict(field.choices_of.choices) if field.choices_of else {}
        self.val_a, self.val_b = (
            ", ".join(str(labels.get(value, value)) for value in field.value_from_object(firm) or [])
            for firm in (obj_a, obj_b)
        )


class ChosenPanel(FieldPanel):
    """Values of a closed list."""

    def get_comparison_class(self) -> type[FieldComparison]:
        """By label."""
        return _ChosenComparison


class _TermsComparison(FieldComparison):
    """Compares terms by their labels in the editor's language; Wagtail would show their short names."""

    def __init__(self, field: Any, obj_a: Firm, obj_b: Firm) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = (
            ", ".join(sorted(str(term) for term in field.value_from_object(firm))) for firm in (obj_a, obj_b)
        )


class TermsPanel(FieldPanel):
    """Terms of a closed vocabulary."""

    def get_comparison_class(self) -> type[FieldComparison]:
        """By label."""
        return _TermsComparison


class MentionsPanel(Panel):
    """Offers the capabilities that the firm's texts mention and that are not ticked."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/mentions.html"

        @property
        def media(self) -> Media:
            """The script that looks again while somebody types."""
            return Media(js=["hub/js/admin_mentions.js"])

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The capabilities mentioned in what is saved."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            mentioned = mentioned_capabilities(texts_of(self.instance.profiles.all()))
            ticked = {term.pk for term in self.instance.capabilities.all()}
            return context | {"mentioned": [term for term in mentioned if term.pk not in ticked]}


class PeoplePanel(Panel):
    """Shows the plain rows beside a firm: contact persons, memberships, confirmations."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/people.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The rows, the newest first."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            firm: Firm = self.instance
            if firm.pk is None:
                return context | {"firm": firm}
            return context | {
                "request": self.request,
                "firm": firm,
                "people": firm.contact_persons.order_by("pk"),
                "memberships": firm.memberships.select_related("cluster").order_by("-from_date", "-pk"),
                "confirmations": firm.confirmations.select_related("by").order_by("-at")[:5],
                "today": timezone.localdate(),
            }


def completeness_of(firm: Firm) -> dict[str, Any]:
    """How complete a firm is and what it lacks; queries nothing if its children are prefetched."""
    tags = [*firm.firm_sectors.all(), *firm.firm_capabilities.all()]
    lacks = completeness.missing(firm, list(firm.profiles.all()), tags)
    return {"percent": completeness.percent(lacks), "missing": lacks}


def firms_wait(number: int) -> str:
    """What an editor reads while the search catches up with what was changed."""
    return ngettext(
        "%(number)s firm waits for the search to read it again; that goes on by itself.",
        "%(number)s firms wait for the search to read them again; that goes on by itself.",
        number,
    ) % {"number": grouped(number)}


class RegisterPanel(Component):
    """The register of some regions in numbers, on the dashboard; of all if there are none."""

    order = 150
    template_name = "directory/admin/register_panel.html"

    def __init__(self, regions: Collection[int] | None = None) -> None:
        self.regions = regions

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The numbers of this moment."""
        return register_numbers(timezone.now(), self.regions)


def register_numbers(now: datetime, regions: Collection[int] | None = None) -> dict[str, Any]:
    """What the register holds in these regions, or in all, in a number of queries that does not grow.

    A firm counts for a region if it lies in it or below; a membership counts on its days. What the search has
    still to read has no region.
    """
    firms = Firm.objects.all() if regions is None else Firm.objects.in_regions(regions)
    listed = firms.listed()
    texts = FirmProfile.objects.filter(firm=OuterRef("pk")).exclude(description="")
    confirmed = Confirmation.objects.filter(firm=OuterRef("pk"), at__gte=now - timedelta(days=365))
    return {
        "listed": listed.count(),
        "drafts": firms.standing().filter(live=False).count(),
        "changed": firms.live().filter(has_unpublished_changes=True).count(),
        "without_text": firms.live().filter(~Exists(texts)).count(),
        "confirmed": listed.filter(Exists(confirmed)).count(),
        "waiting": waiting(FIRMS) if regions is None else None,
        "regions": _per_region(listed, regions),
        "clusters": _per_cluster(listed, now),
    }


def _per_region(listed: FirmQuerySet, regions: Collection[int] | None) -> list[tuple[Region, int]]:
    """Every partner region; of somebody's regions, those that lie in none of the others."""
    tree = RegionTree.load()
    counted = listed.values_list("region").annotate(Count("pk")).order_by()
    firms: dict[int | None, int] = dict(counted)

    def is_told(region: Region) -> bool:
        if regions is None:
            return region.is_partner
        return region.pk in regions and region.parent_id not in regions

    told = [region for _depth, region in tree.in_order() if is_told(region)]
    return [(region, sum(firms.get(pk, 0) for pk in tree.within([region.pk]))) for region in told]


def _per_cluster(listed: FirmQuerySet, now: datetime) -> list[tuple[Cluster, int]]:
    today = timezone.localdate(now)
    present = Membership.objects.filter(from_date__lte=today).exclude(to_date__lt=today)
    counted = present.filter(firm__in=listed)
    members = dict(counted.values_list("cluster").annotate(Count("firm", distinct=True)).order_by())
    clusters = Cluster.objects.order_by("name_en")
    return [(cluster, members.get(cluster.pk, 0)) for cluster in clusters]


def firms_of_hub(hub: RegionalHub, user: Any) -> list[Link]:
    """The way from home to the firms of a region, and of all below it."""
    reach = regions_for(user, Right.EDIT)
    if reach is not None and hub.region_id not in reach:
        return []
    pks = RegionTree.load().within([hub.region_id])
    number = Firm.objects.standing().filter(region__in=list(pks)).count()
    return [
        Link(
            ngettext("firm", "firms", number),
            f"{reverse('wagtailsnippets_directory_firm:list')}?region={hub.region_id}",
            number,
        )
    ]
