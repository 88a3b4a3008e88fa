"""Owns what the templates of pages show, as plain facts in the reader's language."""
