"""Owns *People* in the admin: who leads and edits which region, and the screens that change it."""
