"""Owns the public addresses of the register, below the language."""

from django.urls import path, re_path

from . import contact_views, proposal_views, views

app_name = "directory"

urlpatterns = [
    path("firms/", views.firms, name="firms"),
    path("firms/suggest/", views.suggest, name="suggest"),
    re_path(r"^firms/export\.(?P<file_format>csv|xlsx)$", views.export, name="export"),
    path("firms/<slug:slug>/", views.firm, name="firm"),
    path("firms/<slug:slug>/write/", contact_views.write, name="write"),
    path("firms/<slug:slug>/write/thanks/", contact_views.written, name="written"),
    path("firms/<slug:slug>/propose/<slug:kind>/", proposal_views.propose, name="propose"),
    path("proposals/<str:token>/", proposal_views.proposal_status, name="proposal_status"),
]
