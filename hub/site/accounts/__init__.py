"""Owns log-in: who somebody is, the second factor, what it is made of, and helping out who lost it."""
