"""Owns the formats of the English of Kent."""
