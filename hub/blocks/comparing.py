"""Owns how two versions of a rich text are laid side by side: line by line, as they were written.

Wagtail takes the tags away and nothing comes in their place: a heading ran into the sentence below it.
"""

import re
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.compare import RichTextBlockComparison, diff_text
from wagtail.utils.text import text_from_html

_ENDS_A_LINE = re.compile(r"(</(?:p|h[1-6]|li|blockquote)>|<br\s*/?>)")


def lines_of(html: str) -> str:
    """The words of a rich text, a line for each paragraph, heading and item.

    >>> lines_of("<h2>Where</h2><p>At the <b>quay</b>.</p>")
    'Where\\nAt the quay.'
    """
    text = text_from_html(_ENDS_A_LINE.sub(r"\1\n", html))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


class LineByLine(RichTextBlockComparison):
    """Wagtail's comparison of words, with their lines."""

    def htmlvalue(self, val: Any) -> SafeString:
        """A text that is new, or gone."""
        return _with_breaks(escape(lines_of(self.block.render_basic(val))))

    def htmldiff(self) -> SafeString:
        """A text that has changed, with what came and what went."""
        before, after = (lines_of(self.block.render_basic(value)) for value in (self.val_a, self.val_b))
        return _with_breaks(diff_text(before, after).to_html())


def _with_breaks(safe: str) -> SafeString:
    return mark_safe(safe.replace("\n", "<br>"))  # noqa: S308 - escaped already
