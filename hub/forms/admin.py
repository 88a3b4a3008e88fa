"""Owns form fields that every room's admin needs: lists of words, and regions in the order of their tree."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.models import Cluster, ClusterState, Region
from hub.regions import RegionTree


class WordsField(forms.CharField):
    """A list of short strings, typed one per line or between commas, without doubles and blanks."""

    def __init__(self, *, lines: bool = True, **kwargs: Any) -> None:
        self.joint = "\n" if lines else ", "
        if lines:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """What the input shows: a list as text, typed text as it was typed."""
        return self.joint.join(str(each) for each in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The words of the text, in the order in which they were typed."""
        if isinstance(value, list):
            return value
        words = (word.strip() for word in re.split(r"[\n,;]", value or ""))
        return list(dict.fromkeys(word for word in words if word))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the words differ, however they are written down."""
        return bool(self.to_python(data) != (initial or []))


class RegionIterator(forms.models.ModelChoiceIterator):
    """Regions under the region they lie in, indented."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        offered = {region.pk for region in self.queryset}
        for depth, region in RegionTree.load().in_order():
            if region.pk in offered:
                label = "\u2003" * depth + self.field.label_from_instance(region)
                value = forms.models.ModelChoiceIteratorValue(self.field.prepare_value(region), region)
                yield (value, label)


class RegionField(forms.ModelChoiceField):
    """One region, chosen from the whole tree."""

    iterator = RegionIterator

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Region"))
        super().__init__(queryset=Region.objects.all(), **kwargs)


class RegionsField(forms.ModelMultipleChoiceField):
    """Several regions, chosen from the whole tree."""

    iterator = RegionIterator

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(queryset=Region.objects.all(), **kwargs)


class ClusterStateForm(forms.Form):
    """A state that a cluster takes on a day, and why."""

    state = forms.ChoiceField(label=_("State"), choices=ClusterState.choices)
    date = forms.DateField(label=_("Since"), widget=forms.DateInput(attrs={"type": "date"}))
    note_en = forms.CharField(
        label=_("Why, in English"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    note_fr = forms.CharField(
        label=_("Why, in French"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    note_nl = forms.CharField(
        label=_("Why, in Dutch"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other = [choice for choice in ClusterState.choices if choice[0] != cluster.state]
        self.fields["state"].choices = other  # type: ignore[attr-defined]
