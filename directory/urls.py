"""Owns the public addresses of the register, below the language."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

app_name = "directory"


def placeholder(request: HttpRequest, slug: str = "") -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [
    path("firms/", placeholder, name="firms"),
    path("firms/<slug:slug>/", placeholder, name="firm"),
]
