"""Owns the list of every address of the site, each with a path that a test can ask for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern

# What stands for a part of an address: nothing is behind it, so only the rights speak.
SAMPLES = {
    "kind": "correct",
    "action": "delete",
    "action_name": "approve",
    "app_label": "directory",
    "model_name": "firm",
    "file_format": "csv",
    "section": "pages",
}
PATHS = {"wagtail_serve": "/en/none/", "cluster_pages:page": "/en/none/"}


@dataclass(frozen=True, slots=True)
class Address:
    """An address: its full name, the namespaces before it included, and one path that leads to it."""

    name: str
    path: str
    is_admin: bool
    # The named parts of the address.
    names: tuple[str, ...] = ()


def all_addresses() -> list[Address]:
    """Every address that the resolver knows, in its order."""
    return list(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, before: str, namespaces: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            names = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern, route, names)
        elif pattern.name:
            name = ":".join((*namespaces, pattern.name))
            path = PATHS.get(name) or _path(name, pattern)
            yield Address(name, path, route.startswith("admin/"), tuple(_parts(pattern)[1]))
        else:
            yield Address(route, f"/{route.replace('^', '').replace('$', '')}", route.startswith("admin/"))


def _path(name: str, pattern: URLPattern) -> str:
    args, kwargs = _parts(pattern)
    return reverse(name, args=args or None, kwargs=kwargs or None)


def _parts(pattern: URLPattern) -> tuple[list[str], dict[str, Any]]:
    if isinstance(pattern.pattern, RoutePattern):
        names = list(pattern.pattern.converters)
        return [], {name: SAMPLES.get(name, "1") for name in names}
    regex = pattern.pattern.regex
    if regex.groupindex:
        return [], {name: SAMPLES.get(name, "1") for name in regex.groupindex}
    return ["1"] * regex.groups, {}
