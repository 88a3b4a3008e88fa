"""Owns tick boxes for long lists: in a box of their own, what is ticked above, narrowed by typing."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

INDENT = "\u2003"  # what `hub.forms.RegionIterator` puts before a label for each level of the tree


class FilteredCheckboxes(forms.CheckboxSelectMultiple):
    """Tick boxes that can be narrowed by typing; without a script they are a plain list in a box."""

    template_name = "directory/admin/filtered_checkboxes.html"

    class Media:
        css = {"all": ["hub/css/admin.css"]}
        js = ["hub/js/admin_checkboxes.js"]

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """An option that knows how deep in its tree it lies."""
        option = super().create_option(*args, **kwargs)
        label = str(option["label"])
        option["depth"] = len(label) - len(label.lstrip(INDENT))
        option["label"] = label.lstrip(INDENT)
        return option

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With the ticked options apart."""
        context = super().get_context(name, value, attrs)
        options = [option for _group, options, _index in context["widget"]["optgroups"] for option in options]
        context["options"] = options
        context["chosen"] = [option["label"] for option in options if option["selected"]]
        return context

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        # Django's form renderer looks only into its own and the apps' folders; the template is in neither.
        return mark_safe(render_to_string(template_name, context))  # noqa: S308 - a template of ours
