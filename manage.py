#!/usr/bin/env python
"""Owns the command line of the ready-made project."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.site.settings.dev")
    execute_from_command_line(sys.argv)
