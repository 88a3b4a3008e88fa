"""Owns what the body of a page is made of."""

from wagtail.blocks import StreamBlock

from .links import LinksBlock
from .media import MediaBlock
from .text import CalloutBlock, QuoteBlock, WordsBlock


class BodyBlock(StreamBlock):
    """The blocks of a body, in the order in which an editor is offered them."""

    text = WordsBlock()
    media = MediaBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    links = LinksBlock()
