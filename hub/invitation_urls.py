"""Owns the address of invitations, below the language."""

from django.urls import path

from . import invitation_views

urlpatterns = [path("invitation/<str:token>/", invitation_views.invitation, name="hub_invitation")]
