"""Owns the addresses that machines ask; they stand at the top, without a language."""

from django.urls import path

from . import views
from .api import api

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("api/hub/v1/", api.urls),
]
