"""Owns the registration of the app `directory`."""

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

try:
    from hub.checks import require_our_packages  # noqa: F401
except ImportError as error:
    raise ImproperlyConfigured(
        "hub.E003: `import hub` finds a package that is not the member hub's; Python takes the first one "
        "on its path. Rename the folder `hub` of your project, in INSTALLED_APPS and in your imports too."
    ) from error


class DirectoryConfig(AppConfig):
    """The register of firms."""

    name = "directory"
    label = "directory"
    verbose_name = _("Register")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Lets search, API, worker and probes know the register, and hears what changes beside a firm."""
        from wagtail.permissions import register_permission_policy

        from hub import desk, kinds_of_mail
        from hub.permissions import may_edit_vocabularies
        from hub.policies import RegionPolicy, RolePolicy
        from search import registry

        from . import marking, parting
        from .api import register_api
        from .jobs import register_jobs
        from .kinds_of_mail import KINDS_OF_MAIL
        from .models import Capability, Firm, Sector
        from .panels import firms_of_hub
        from .presenting import FirmProfilePage
        from .probes import register_probes
        from .proposing.waiting import proposals
        from .search import FirmSearch
        from .transfers import offers

        register_permission_policy(Firm, RegionPolicy(Firm))
        for term in (Sector, Capability):
            register_permission_policy(term, RolePolicy(term, may_edit_vocabularies))
        Firm.presenter = FirmProfilePage.of
        registry.register(FirmSearch())
        register_api()
        marking.connect()
        parting.connect()
        desk.register("proposals", proposals)
        desk.register_links("firms", firms_of_hub)
        desk.register("transfers", offers)
        kinds_of_mail.register(KINDS_OF_MAIL)
        register_jobs()
        register_probes()
