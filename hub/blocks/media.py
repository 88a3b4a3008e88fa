"""Owns blocks with a picture; its words for those who cannot see it are asked for with it."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock
from wagtail.images.blocks import ImageBlock


class MediaBlock(StructBlock):
    """A picture with what it shows, and a line below it."""

    image = ImageBlock(label=_("Picture"))
    caption = CharBlock(label=_("Caption"), max_length=250, required=False)

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "blocks/media.html"
