"""Owns where searches run."""

# The register has its own engine (app `search`); Wagtail's admin search stays on the database in use.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
