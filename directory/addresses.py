"""Owns the short names that no firm can have, because pages of the register stand there. Pure."""

# tests/directory/test_reserved.py compares them with directory/urls.py.
RESERVED = frozenset(("suggest", "export"))
