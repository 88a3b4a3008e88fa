"""Owns the one API of the hub, read-only: who may ask, how long an answer is good, what a refusal looks like.

Each app registers its routers in `AppConfig.ready()`.
"""

import hashlib
import logging
from collections.abc import Callable, Mapping
from functools import cached_property, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import Resolver404, URLPattern, URLResolver, path, re_path, resolve
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI, Router
from ninja.errors import ValidationError

from .problems import MEDIA_TYPE, ProblemFound, phrase, problem
from .reference import reference
from .schemas import WrongParameter

logger = logging.getLogger("hub")

SECONDS = 60  # how long anybody may keep an answer without asking again
NAMESPACE = "hub-api"
READING = ("GET", "HEAD")
DESCRIPTION = """\
Everything public in the register of firms, for other sites and programs. Nothing needs a key, and nothing can
be changed. Texts are given in every language in which they exist; `lang` is that of labels and sentences.

An answer may be kept for a minute. Ask again with its `ETag` in `If-None-Match`, and an unchanged one is not
sent twice. What cannot be answered is a problem (RFC 9457) with a `detail` in plain words.
"""

View = Callable[..., HttpResponseBase]


class HubAPI(NinjaAPI):
    """Ninja's own, but every answer can be asked for again with its ETag, and every refusal is a problem."""

    def create_response(
        self,
        request: HttpRequest,
        data: Any,
        *,
        status: int | None = None,
        temporal_response: HttpResponse | None = None,
    ) -> HttpResponse:
        """The answer, or 304 if the one who asks has it already."""
        response = super().create_response(request, data, status=status, temporal_response=temporal_response)
        response["Cache-Control"] = f"public, max-age={SECONDS}"
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response) or response

    def get_openapi_schema(self, **options: Any) -> Any:
        """As Ninja makes it; what is refused has the media type of a problem, all else may be unchanged."""
        schema = super().get_openapi_schema(**options)
        for methods in schema["paths"].values():
            for operation in methods.values():
                _finish(operation)
        return schema

    @cached_property
    def schema(self) -> Mapping[str, Any]:
        """The OpenAPI of everything that is registered; it does not change while the site runs."""
        return dict(self.get_openapi_schema())

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        asked = super()._get_urls()[:-1]  # the last one is a root that only says where the docs are
        return [
            path("", _read_only(_root), name="api-root"),
            path("openapi.json", _read_only(_openapi), name="openapi-json"),
            path("docs/", _read_only(_docs), name="docs"),
            *(
                path(str(pattern.pattern), _read_only(pattern.callback), name=pattern.name)
                for pattern in asked
                if isinstance(pattern, URLPattern)
            ),
            re_path(r"^.*$", _read_only(_nothing_here), name="nothing-here"),
        ]


def _finish(operation: Any) -> None:
    for parameter in operation.get("parameters", ()):
        parameter.pop("examples", None)  # they stand in its schema; here, OpenAPI wants another form
    responses = operation["responses"]
    for status, response in responses.items():
        response["description"] = phrase(int(status))
        content = response.get("content", {})
        if int(status) >= 400 and "application/json" in content:
            content[MEDIA_TYPE] = content.pop("application/json")
    responses[304] = {"description": "Not Modified: what you have (`If-None-Match`) is still right"}


def _read_only(view: View) -> View:
    """The view for GET and HEAD; anything else is refused."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        method = request.method
        if method not in READING:
            refused = problem(405, f"This API can only be read: ask with GET or HEAD, not {method}.")
            refused["Allow"] = ", ".join((*READING, "OPTIONS"))
            return refused
        request.method = "GET"  # Ninja knows no HEAD; the server leaves the body out
        try:
            return view(request, *args, **kwargs)
        finally:
            request.method = method

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # so that a POST hears why, too
    return answer


def _root(request: HttpRequest) -> HttpResponseBase:
    return redirect(f"{NAMESPACE}:docs")


def _openapi(request: HttpRequest) -> HttpResponseBase:
    return api.create_response(request, api.schema, status=200)


def _docs(request: HttpRequest) -> HttpResponseBase:
    return reference(request, api.schema)


def _nothing_here(request: HttpRequest) -> HttpResponseBase:
    """An address without its last slash leads to the one with it; any other is nothing."""
    if not request.path_info.endswith("/"):
        try:
            found = resolve(f"{request.path_info}/").url_name
        except Resolver404:
            found = "nothing-here"
        if found != "nothing-here":
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{request.path}/{'?' if query else ''}{query}")
    return problem(404, "There is nothing at this address. The documentation names every address there is.")


api = HubAPI(
    title="Member hub",
    version="1.0.0",
    description=DESCRIPTION,
    urls_namespace=NAMESPACE,
    openapi_url="",
    docs_url=None,
)


def register(prefix: str, router: Router) -> None:
    """Answers below a prefix; called in `AppConfig.ready()`."""
    api.add_router(prefix, router)


@api.exception_handler(ProblemFound)
def _found(request: HttpRequest, found: ProblemFound) -> HttpResponse:
    return problem(found.status, found.detail, found.errors)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, str(error) or "There is nothing at this address.")


@api.exception_handler(ValidationError)
def _wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [WrongParameter(parameter=_parameter(each), detail=str(each["msg"])) for each in error.errors]
    names = ", ".join(dict.fromkeys(each.parameter for each in errors))
    return problem(422, f"These parameters cannot be read: {names}.", errors)


@api.exception_handler(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.exception("api failed", extra={"path": request.path})
    return problem(500, "Something broke on our side. It has been noted; please try again later.")


def _parameter(error: Mapping[str, Any]) -> str:
    """The name of the parameter; a place inside a list of values says nothing to who asked."""
    return next((str(part) for part in reversed(error["loc"]) if isinstance(part, str)), "")
