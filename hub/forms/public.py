"""Owns what every form that anybody may send refuses: robots, links in free text, characters nobody types."""

import re
import unicodedata
from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

HONEYPOT = "headline"

# What programs for mail turn into a link, or robots hope they do. A mail address is none.
LINK = re.compile(
    r"""
    \w://                                               # https://...
    | \bwww\.\w                                         # www.example
    | <\s*a\s | \[\s*(?:url|link)\b                     # <a href=..., [url=...
    | (?<![@\w.-])(?:[\w-]+\.)+[a-z]{2,}/\w             # bit.ly/x
    | (?<![@\w.-])(?!(?:asp|ado|vb)\.net\b)              # a host without a path; ASP.NET is none
      (?:[\w-]+\.)+(?:com|net|org|info|biz|eu|be|fr|nl|uk|de|ru|cn|io|ly|me|co|app|dev|xyz|top|shop|site
      |online|store|link|click|club)\b(?!@)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# They turn the direction of writing round, so that a text reads as what it is not.
OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Categories of Unicode: control characters, halves of characters; and, on one line, other ends of a line.
NEVER = frozenset({"Cc", "Cs"})
LINE_ENDS = frozenset({"Zl", "Zp"})


class PublicForm(forms.Form):
    """A form for people without an account. What it hands on can go into a mail's headers and text as it is.

    `free_text` names the fields in which people write sentences: links are refused there. A model form puts
    this class first: `class CorrectionForm(PublicForm, forms.ModelForm)`.
    """

    free_text: ClassVar[Collection[str]] = ()

    # People do not see it (`components/honeypot.html`); robots fill in whatever there is.
    headline = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean(self) -> dict[str, Any]:
        """:raises ValidationError: for what only a robot sends; other faults become errors of their field."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.data.get(self.add_prefix(HONEYPOT)):
            raise forms.ValidationError(
                _("This looks like a robot: a field that people do not see was filled in. Send it again."),
                code="robot",
            )
        for name, value in list(cleaned.items()):
            if isinstance(value, str):
                self._check(name, value)
        return cleaned

    def _check(self, name: str, value: str) -> None:
        has_lines = isinstance(self.fields[name].widget, forms.Textarea)
        cleaned = value.replace("\r\n", "\n").replace("\r", "\n") if has_lines else value
        if any(_is_unwritten(character, has_lines) for character in cleaned):
            self.add_error(name, forms.ValidationError(UNWRITTEN, code="characters"))
        elif name in self.free_text and LINK.search(cleaned):
            self.add_error(name, forms.ValidationError(LINKED, code="link"))
        else:
            self.cleaned_data[name] = cleaned


def _is_unwritten(character: str, has_lines: bool) -> bool:
    category = unicodedata.category(character)
    if has_lines and (character in "\n\t" or category in LINE_ENDS):
        return False
    return category in NEVER or category in LINE_ENDS or character in OVERRIDES


UNWRITTEN = _(
    "There are characters in it that cannot be typed, perhaps because it was copied from somewhere. "
    "Type it again, or copy it as plain text."
)
LINKED = _(
    "There is a link in it. We pass on no links, because they are what unwanted messages live on. "
    "Describe in words what you want to show; you can send the link once somebody has answered you."
)
