"""Owns which apps and middleware the ready-made project runs, and which models it gives them."""

INSTALLED_APPS = [
    "cluster_pages",
    "directory",
    "search",
    "hub",
    "hub.site",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "wagtail_modeladmin",
    "modelcluster",
    "taggit",
    "django_htmx",
    "corsheaders",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hub.site.middleware.SiteLocaleMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hub.site.accounts.middleware.SecondFactorMiddleware",
    "hub.middleware.TermsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "hub.middleware.RefusalsMiddleware",
    "hub.middleware.WallsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "hub.site.middleware.PublicContentSecurityPolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # A page that was renamed or moved leads on from where it was.
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    # Last: it asks the view itself.
    "hub.once.OnceMiddleware",
]

AUTH_USER_MODEL = "hub_site.User"
WAGTAILIMAGES_IMAGE_MODEL = "hub_site.HubImage"
WAGTAILDOCS_DOCUMENT_MODEL = "hub_site.HubDocument"

WAGTAIL_SITE_NAME = "Member hub"
TAGGIT_CASE_INSENSITIVE = True
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILDOCS_SERVE_METHOD = "serve_view"
