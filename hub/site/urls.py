"""Owns the project's URL map; every room brings its own."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from hub.site.accounts.views import elsewhere

handler400 = "hub.site.views.bad_request"
handler403 = "hub.site.views.permission_denied"
handler404 = "hub.site.views.page_not_found"
handler429 = "hub.site.accounts.views.too_many"
handler500 = "hub.site.views.server_error"

urlpatterns = [
    path("", include("hub.urls")),
    path("admin/login/", elsewhere, {"to": "account_login"}, name="closed_admin_login"),
    re_path("^admin/password_reset/", elsewhere, {"to": "account_reset_password"}, name="closed_admin_reset"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include("cluster_pages.door_urls")),
    *i18n_patterns(
        path("", include("hub.invitation_urls")),
        path("account/", include("hub.site.accounts.urls")),
        path("_util/login/", elsewhere, {"to": "account_login"}, name="closed_page_login"),
        path("", include("directory.urls")),
        path("", include("cluster_pages.urls")),
        path("", include(wagtail_urls)),
    ),
]
