"""Owns the way of a file into the register: bytes -> rows -> checked values -> firms."""
