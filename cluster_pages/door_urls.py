"""Owns the public addresses without a language: the door of the site, and what is written for machines."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.door, name="home"),
]
