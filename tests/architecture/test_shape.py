"""Owns the proof that modules and functions stay small, say what they own, and are no buckets."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.repository import ROOMS, modules, shown, tree

pytestmark = pytest.mark.pure

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
BUCKETS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "services",
    "service",
    "managers",
    "misc",
    "lib",
    "tools",
}
EVERYTHING = [*modules(*ROOMS, "tests", "benchmarks")]


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in EVERYTHING}

    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{shown(path)}:{function.name}": length
        for path in EVERYTHING
        for function, length in _functions(path)
        if length > LONGEST_FUNCTION
    }

    assert long == {}


def _functions(path: Path) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, (node.end_lineno or 0) - node.lineno + 1


def test_every_module_says_what_it_owns() -> None:
    silent = [
        shown(path)
        for path in EVERYTHING
        if path.read_text(encoding="utf-8").strip()
        and not (ast.get_docstring(tree(path)) or "").startswith("Owns ")
    ]

    assert silent == []


def test_no_module_and_no_folder_is_a_bucket_by_its_name() -> None:
    assert [shown(path) for path in EVERYTHING if BUCKETS & {path.stem, *path.parent.parts}] == []


def test_every_silenced_check_says_which_one() -> None:
    loose = [
        f"{shown(path)}:{number}"
        for path in EVERYTHING
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.rstrip().endswith(("# type: " + "ignore", "# no" + "qa"))
    ]

    assert loose == []
