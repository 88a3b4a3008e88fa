"""Owns how the admin's list of firms is narrowed."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField
from wagtail.admin.filters import BooleanRadioSelect, WagtailFilterSet

from directory.models import Firm, FirmProfile, Kind, Sector
from hub.forms import RegionIterator
from hub.models import Region
from hub.permissions import in_reach
from hub.regions import RegionTree
from hub.rights import Right


def _regions_with_firms(request: HttpRequest | None) -> QuerySet[Region]:
    """The regions worth choosing: those with firms that this person sees, and all that these lie in."""
    tree = RegionTree.load()
    seen = Firm.objects.filter(in_reach(request.user, Right.SEE_DRAFTS)) if request else Firm.objects.none()
    used: Iterable[int] = seen.exclude(region=None).values_list("region", flat=True).distinct()
    return Region.objects.filter(pk__in={region.pk for pk in used for region in tree.path(pk)})


class _RegionField(ModelChoiceField):
    iterator = RegionIterator


class _RegionFilter(django_filters.ModelChoiceFilter):
    field_class = _RegionField

    def filter(self, qs: QuerySet[Firm], value: Region | None) -> QuerySet[Firm]:
        """Firms of the region and of all below it."""
        return qs.filter(region__in=RegionTree.load().within([value.pk])) if value else qs


class FirmFilterSet(WagtailFilterSet):
    """What an editor looks for."""

    region = _RegionFilter(label=_("Region"), queryset=_regions_with_firms, empty_label=_("All"))
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    sector = django_filters.ModelChoiceFilter(
        label=_("Sector"),
        field_name="firm_sectors__tag",
        queryset=Sector.objects.order_by("name"),
        empty_label=_("All"),
    )
    live = django_filters.BooleanFilter(label=_("Published"), widget=BooleanRadioSelect)
    has_unpublished_changes = django_filters.BooleanFilter(
        label=_("With changes not yet published"), widget=BooleanRadioSelect
    )
    text = django_filters.BooleanFilter(
        label=_("With a text"), method="filter_text", widget=BooleanRadioSelect
    )
    is_demo = django_filters.BooleanFilter(label=_("Invented for the demo"), widget=BooleanRadioSelect)

    class Meta:
        model = Firm
        fields: list[str] = []

    def filter_text(self, queryset: QuerySet[Firm], name: str, value: Any) -> QuerySet[Firm]:
        """Firms that have, or have not, described themselves in any language."""
        described = Exists(FirmProfile.objects.filter(firm=OuterRef("pk")).exclude(description=""))
        return queryset.filter(described if value else ~described)
