"""Owns what changes things: one class per verb."""

from .base import SYSTEM, Action, ActionRefused, Actor, NotAllowed, System, user_of

__all__ = ["SYSTEM", "Action", "ActionRefused", "Actor", "NotAllowed", "System", "user_of"]
