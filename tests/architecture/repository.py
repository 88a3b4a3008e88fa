"""Owns how the tests of the architecture read the repository."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"

# A room may use those of a lower number; hub and search do not know each other.
RANKS = {"cluster_pages": 2, "directory": 1, "hub": 0, "search": 0}
ROOMS = tuple(RANKS)


def modules(*folders: str) -> Iterator[Path]:
    """Every Python file of these folders that somebody wrote: migrations are made by a command."""
    for folder in folders:
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts)


def shown(path: Path) -> str:
    """A path as a reader would look for it."""
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def may_use(user: str, used: str) -> bool:
    """Whether one room may know of another."""
    return user == used or RANKS[used] < RANKS[user]
