"""Owns the block of links: each leads to a page of the site or to another address."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, PageChooserBlock, StructBlock, StructValue, URLBlock
from wagtail.blocks.struct_block import StructBlockValidationError


class LinkValue(StructValue):
    """Where a link leads, however it was given."""

    @property
    def href(self) -> str:
        """The address; empty when the page it led to is gone or no longer public."""
        page = self.get("page")
        return (page.url or "") if page and page.live else self.get("url") or ""


class LinkBlock(StructBlock):
    """A link with its words; a page wins over an address."""

    label = CharBlock(label=_("Words of the link"), max_length=120)
    page = PageChooserBlock(label=_("A page of this site"), required=False)
    url = URLBlock(label=_("or another address"), required=False)

    class Meta:
        label = _("Link")
        icon = "link"
        value_class = LinkValue

    def clean(self, value: Any) -> Any:
        """:raises StructBlockValidationError: if it leads nowhere."""
        cleaned = super().clean(value)
        if not cleaned.get("page") and not cleaned.get("url"):
            nowhere = ValidationError(_("Choose a page, or give an address."))
            raise StructBlockValidationError(block_errors={"page": nowhere})
        return cleaned


class LinksBlock(StructBlock):
    """Links under a heading."""

    title = CharBlock(label=_("Heading"), max_length=120, required=False)
    links = ListBlock(LinkBlock(), label=_("Links"), min_num=1)

    class Meta:
        label = _("Links")
        icon = "list-ul"
        template = "blocks/links.html"
