"""Owns what templates of the register ask for by themselves: how to get there, and an empty form."""

from django import template

from directory.contact_forms import WriteForm
from directory.placing import register_url as where

register = template.Library()


@register.simple_tag
def register_url() -> str:
    """Where the register is read in the language in force."""
    return where()


@register.simple_tag
def blank_write_form() -> WriteForm:
    """The form by which a visitor writes to a firm, with nothing in it."""
    return WriteForm()
