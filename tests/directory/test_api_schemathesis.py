"""Owns the proof that whatever the OpenAPI allows, and what it forbids, gets an answer that it describes."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.directory.builders import make_firm
from tests.directory.indexing import index_firms

pytestmark = pytest.mark.django_db

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A request would end the connection, and with it the transaction in which the test lives."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask_everything(examples: int) -> int:
    """Asks every operation with valid and with invalid parameters; how many answers there were."""
    make_firm(
        "Hopshed", capabilities=["brewing"], texts={"en": "Ale.", "fr": "Bière."}, looks_for=["test-site"]
    )
    index_firms()
    schema = schemathesis.openapi.from_wsgi("/api/hub/v1/openapi.json", get_wsgi_application())
    answers = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        # Where nothing is asked for, nothing can be asked wrongly.
        modes = list(GenerationMode) if list(operation.iter_parameters()) else [GenerationMode.POSITIVE]
        for mode in modes:
            answers += _ask(operation.as_strategy(generation_mode=mode), examples)
    return answers


def _ask(cases: st.SearchStrategy[Any], examples: int) -> int:
    answers = 0

    @settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=examples < 100,
    )
    @given(cases)
    def ask(case: Any) -> None:
        nonlocal answers
        response = case.call()
        case.validate_response(response, checks=CHECKS)
        answers += 1

    ask()
    return answers


def test_every_answer_is_as_described() -> None:
    assert ask_everything(examples=15) > 50


@pytest.mark.prove
def test_very_many_answers_are_as_described() -> None:
    assert ask_everything(examples=400) > 1_000
