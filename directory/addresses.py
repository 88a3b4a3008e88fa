"""Owns the short names that no firm can have: below `firms/`, the register's own addresses stand there. Pure."""

# tests/directory/test_reserved.py compares them with directory/urls.py.
RESERVED = frozenset(("suggest", "export"))
