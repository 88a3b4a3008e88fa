"""Owns the public addresses of the register, below the language."""

from django.urls import path, re_path

from . import contact_views, joining_views, own_firm_views, proposal_views, views

app_name = "directory"

urlpatterns = [
    path("firms/", views.firms, name="firms"),
    path("firms/suggest/", views.suggest, name="suggest"),
    re_path(r"^firms/export\.(?P<file_format>csv|xlsx)$", views.export, name="export"),
    path("firms/<slug:slug>/", views.firm, name="firm"),
    path("firms/<slug:slug>/write/", contact_views.write, name="write"),
    path("firms/<slug:slug>/write/thanks/", contact_views.written, name="written"),
    path("firms/<slug:slug>/propose/<slug:kind>/", proposal_views.propose, name="propose"),
    path("list-your-firm/", joining_views.list_firm, name="list_firm"),
    path("join/<slug:slug>/", joining_views.join, name="join"),
    path("proposals/<str:token>/more/", joining_views.tell_more, name="tell_more"),
    path("proposals/<str:token>/", proposal_views.proposal_status, name="proposal_status"),
    path("your-firm/<str:token>/", own_firm_views.your_firm, name="your_firm"),
    path("remove-firm/<str:token>/", own_firm_views.remove_firm, name="remove_firm"),
    path("still-right/<str:token>/", own_firm_views.still_right, name="still_right"),
]
