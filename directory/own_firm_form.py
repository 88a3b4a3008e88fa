"""Owns the form with which a firm edits its own profile, in three languages, without an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.importing.filling import Terms, told
from directory.importing.staging import Value
from directory.models import Firm
from directory.proposal_forms import Group, plain_field, said_field
from directory.proposing import Change, differing
from hub.forms import PublicForm
from hub.languages import LANGUAGES
from hub.regions import RegionTree
from search.analysis import name_key

SAID = ("tagline", "description", "offers_text", "looks_for_text")
HEADINGS = {"en": _("In English"), "fr": _("In French"), "nl": _("In Dutch")}
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Who and where"), ("name", "trading_name", "kind", "town", "postcode")),
    (_("How to reach you, for everyone"), ("website", "email", "phone")),
    *[(HEADINGS[code], tuple(f"{name}_{code}" for name in SAID)) for code in LANGUAGES],
    (_("What you are in, and what you use"), ("sectors", "capabilities")),
    (_("What you offer and look for"), ("offers", "looks_for")),
    (_("Figures and languages"), ("size", "founded", "number", "languages", "serves")),
)


class OwnFirmForm(PublicForm):
    """Everything that a firm may say of itself. Its region is not among it: the coordinator moves firms."""

    def __init__(self, *args: Any, firm: Firm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.firm = firm
        # Many regions to one firm: it must be in the register first.
        self.shown = [name for _heading, names in GROUPS for name in names if firm.pk or name != "serves"]
        for name in self.shown:
            self.fields[name] = _field(name)
            self.initial.setdefault(name, told(firm, name))
        self.fields["name"].required = True
        _offer(self.fields, Terms.load())

    def groups(self) -> list[Group]:
        """The fields below their headings."""
        return [(heading, [self[name] for name in names if name in self.fields]) for heading, names in GROUPS]

    def changes(self) -> dict[str, Change]:
        """The fields that differ from what was shown, and from the register."""
        proposed: dict[str, Value | None] = {
            name: self.cleaned_data.get(name) for name in self.shown if name in self.changed_data
        }
        return differing(self.firm, proposed)


def _field(name: str) -> forms.Field:
    text, _underscore, language = name.rpartition("_")
    if text in SAID:
        return said_field(text, language)
    if name in ("sectors", "capabilities", "serves"):
        label = Firm._meta.get_field(name).verbose_name
        return _several(str(label).capitalize())
    return plain_field(name)


def _several(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, show_hidden_initial=True, widget=forms.CheckboxSelectMultiple
    )


def _offer(fields: dict[str, Any], terms: Terms) -> None:
    """Puts the terms into the fields, by their labels in the reader's language."""
    for name in ("sectors", "capabilities"):
        known = getattr(terms, name)
        labelled = sorted(
            ((slug, str(term)) for slug, term in known.items()), key=lambda each: name_key(each[1])
        )
        fields[name].choices = labelled
    tree = RegionTree({region.pk: region for region in terms.regions.values()})
    if "serves" in fields:
        fields["serves"].choices = [
            (region.slug, str(region)) for depth, region in tree.in_order() if depth < 4
        ]
