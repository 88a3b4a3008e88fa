"""Owns the small set of blocks that pages are written with."""

from .body import BodyBlock

__all__ = ["BodyBlock"]
