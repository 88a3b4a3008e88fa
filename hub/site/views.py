"""Owns what a visitor sees when there is nothing to see; a host keeps its own 400, 403, 404 and 500."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

from hub.problems import problem


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be understood, or that holds more than anybody types."""
    if _is_for_programs(request):
        return problem(400, "This request cannot be understood.")
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return render(request, "site/413.html", status=413)
    return defaults.bad_request(request, exception, template_name="site/400.html")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that is for others; what the exception says is for the log."""
    if _is_for_programs(request):
        return problem(403, "You may not see this.")
    return defaults.permission_denied(request, exception, template_name="site/403.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was sent without its cookie: an old page, or a browser that keeps none."""
    return render(request, "site/403_csrf.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No page at this address."""
    if _is_for_programs(request):
        return problem(404, "There is nothing at this address.")
    return defaults.page_not_found(request, exception, template_name="site/404.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke here; asks nothing of the database."""
    if _is_for_programs(request):
        return problem(500, "Something broke on our side. It has been noted; please try again later.")
    return defaults.server_error(request, template_name="site/500.html")


def _is_for_programs(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")
