"""Owns the public addresses of the register, below the language."""

from django.urls import path, re_path

from . import views

app_name = "directory"

urlpatterns = [
    path("firms/", views.firms, name="firms"),
    path("firms/suggest/", views.suggest, name="suggest"),
    re_path(r"^firms/export\.(?P<file_format>csv|xlsx)$", views.export, name="export"),
    path("firms/<slug:slug>/", views.firm, name="firm"),
]
