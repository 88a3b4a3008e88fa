"""Owns which migration makes a model that a host may replace: its own image, its own document.

`__latest__` would contradict every database that is there when the app of that model gets its next migration,
with each new version of Wagtail, too; `__first__` is wrong where the model came later. Ours wait for the one
that makes the table to which they refer, and for nothing else.
"""

from importlib import import_module
from pkgutil import iter_modules

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel


def migration_that_makes(model: str) -> tuple[str, str]:
    """The dependency for a reference to a model such as `wagtailimages.Image`.

    Of an app that has no migration for it, the first: Django has an answer to that.
    """
    app, _dot, name = model.partition(".")
    place, _is_explicit = MigrationLoader.migrations_module(app)
    package = import_module(place) if place else None
    # In the order of their numbers; a squashed one comes after those that it replaces, which Django follows.
    for found in sorted(each.name for each in iter_modules(getattr(package, "__path__", []))):
        migration = getattr(import_module(f"{place}.{found}"), "Migration", None)
        if any(_makes(operation, name) for operation in getattr(migration, "operations", [])):
            return app, found
    return app, "__first__"


def _makes(operation: object, name: str) -> bool:
    return isinstance(operation, CreateModel) and operation.name.lower() == name.lower()
