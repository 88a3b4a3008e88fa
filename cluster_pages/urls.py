"""Owns the public addresses of pages, below the language; they come after those of every other room."""

from django.urls import path, re_path
from wagtail.urls import serve_pattern

from . import contact_views, views

app_name = "cluster_pages"

# Wagtail's own addresses stay its own.
PAGES = serve_pattern.replace("^", "^(?!_util/)", 1)

urlpatterns = [
    path("regions/<slug:slug>/contact/", contact_views.contact, name="contact"),
    path("regions/<slug:slug>/contact/thanks/", contact_views.contacted, name="contacted"),
    path("search/", views.search, name="search"),
    re_path(PAGES, views.page, name="page"),
]
