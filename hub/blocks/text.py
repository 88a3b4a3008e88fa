"""Owns blocks of words: running text, what somebody said, and what must not be overlooked."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, TextBlock

# The title of the page is its only first heading.
FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class NamedTextBlock(RichTextBlock):
    """Rich text whose editor is called by its label (Wagtail's has no name), compared line by line."""

    @cached_property
    def field(self) -> Any:
        """The form's field, whose widget tells its label to the script that makes the editor."""
        field = super().field
        if hasattr(field.widget, "options"):
            field.widget.options["ariaLabel"] = self.label
        return field

    def get_comparison_class(self) -> Any:
        """Line by line. Asked for only where two versions are compared, in the admin."""
        from .comparing import LineByLine

        return LineByLine

    def deconstruct(self) -> Any:
        """As Wagtail's own, so that no migration depends on how the area is called."""
        path, given, named = super().deconstruct()
        is_plain = type(self) is NamedTextBlock
        return "wagtail.blocks.RichTextBlock" if is_plain else path, given, named


class WordsBlock(NamedTextBlock):
    """Running text with headings, lists and links."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": FEATURES, **kwargs})

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "blocks/words.html"


class QuoteBlock(StructBlock):
    """Words of somebody, and who they are."""

    text = TextBlock(label=_("What was said"), max_length=600)
    name = CharBlock(label=_("Who said it"), max_length=120, required=False)
    role = CharBlock(label=_("Who that is"), max_length=160, required=False)

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        template = "blocks/quote.html"


class CalloutBlock(StructBlock):
    """A few sentences that a reader in a hurry must see."""

    title = CharBlock(label=_("Heading"), max_length=120, required=False)
    text = NamedTextBlock(label=_("Text"), features=["bold", "italic", "ul", "link"])

    class Meta:
        label = _("Callout")
        icon = "warning"
        template = "blocks/callout.html"
