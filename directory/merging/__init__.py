"""Owns what goes over when two firms become one, and how it goes back."""
