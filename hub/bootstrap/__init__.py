"""Owns what happens before anything is installed: standard library only."""
