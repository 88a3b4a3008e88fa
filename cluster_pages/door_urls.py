"""Owns the public addresses without a language: the door of the site, and what is written for machines."""

from django.urls import path

from . import sitemaps, views

urlpatterns = [
    path("", views.door, name="home"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap_part, name="sitemap"),
]
