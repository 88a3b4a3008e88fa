"""Owns how a template leads to the register."""

from django import template

from directory.placing import register_url as where

register = template.Library()


@register.simple_tag
def register_url() -> str:
    """Where the register is read in the language in force."""
    return where()
