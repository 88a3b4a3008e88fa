"""Owns what templates of the register ask for by themselves: the way there, an empty form, what one may."""

from typing import Any

from django import template

from directory.contact_forms import WriteForm
from directory.models import Firm
from directory.placing import register_url as where
from hub import permissions

register = template.Library()


@register.simple_tag
def register_url() -> str:
    """Where the register is read in the language in force."""
    return where()


@register.simple_tag
def blank_write_form() -> WriteForm:
    """The form by which a visitor writes to a firm, with nothing in it."""
    return WriteForm()


@register.simple_tag(takes_context=True)
def rights_on(context: Any, firm: Firm) -> dict[str, bool]:
    """What the reader may do to a firm, so that no button leads to a refusal."""
    user = context["request"].user
    return {
        "edit": permissions.may_edit(user, firm),
        "publish": permissions.may_publish(user, firm),
        "merge": permissions.may_merge_firms(user, firm),
        "move": permissions.may_move_at_once(user),
        "offer": permissions.may_offer_move(user, firm),
    }
