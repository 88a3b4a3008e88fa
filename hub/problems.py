"""Owns how the API says what went wrong: as a problem (RFC 9457), in words fit for a person."""

from collections.abc import Sequence
from http import HTTPStatus

from django.http import HttpResponse

from .schemas import Problem, WrongParameter

MEDIA_TYPE = "application/problem+json"
# Python called 422 by an older name until 3.13 (RFC 9110, section 15.5.21).
_PHRASES = {422: "Unprocessable Content"}


class ProblemFound(Exception):
    """A view of the API cannot answer; the message is fit for a person."""

    def __init__(self, status: int, detail: str, errors: Sequence[WrongParameter] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = tuple(errors)


def phrase(status: int) -> str:
    """What HTTP calls a status."""
    return _PHRASES.get(status) or HTTPStatus(status).phrase


def problem(status: int, detail: str, errors: Sequence[WrongParameter] = ()) -> HttpResponse:
    """The answer that says so; nobody keeps it."""
    told = Problem(title=phrase(status), status=status, detail=detail, errors=tuple(errors))
    body = told.model_dump_json(exclude=None if errors else {"errors"})
    response = HttpResponse(body, status=status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    return response
