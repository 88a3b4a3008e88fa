"""Owns what must hold in the project that installs the hub, said in plain words before anything breaks."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured

from .languages import LANGUAGES

SITE_PACKAGES = Path(__file__).resolve().parents[1]
# Numbers are never given twice; hub.E003, somebody else's `hub`, is said by directory/apps.py.
OURS = {"search": "hub.E001", "directory": "hub.E002"}
NEEDED_APPS = ("taggit", "modelcluster", "wagtail.snippets", "wagtail_modeladmin", "django_htmx")
OUTBOX = "hub.mailing.OutboxBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"
LOCALE = "django.middleware.locale.LocaleMiddleware"
# What a host forgets, what happens then, and where it belongs. A class that extends it will do.
MIDDLEWARE: tuple[tuple[str, str, str, str], ...] = (
    (
        "hub.W001",
        LOCALE,
        "Without a locale middleware every visitor reads the register in the default language.",
        "after the sessions",
    ),
    (
        "hub.W003",
        "hub.middleware.TermsMiddleware",
        "Where the worker stands still, a lead whose term is over keeps what Wagtail grants the group.",
        "after the log-in",
    ),
    (
        "hub.W005",
        "hub.once.OnceMiddleware",
        "Two clicks, or two people at once, publish, approve or submit the same thing twice.",
        "as the last one",
    ),
    (
        "hub.W006",
        "hub.middleware.WallsMiddleware",
        "Wagtail shows the titles of one region's drafts to the people of another.",
        "after the log-in and the messages",
    ),
    (
        "hub.W007",
        "hub.middleware.RefusalsMiddleware",
        "Nothing in the log says that somebody was turned away in the admin, and they read no reason.",
        "before hub.middleware.WallsMiddleware",
    ),
)


def require_our_packages(installed: Collection[str]) -> None:
    """Asked while Django loads the apps: later, an import would fail in words that help nobody.

    :raises ImproperlyConfigured: if a name of ours leads to a package that is not the hub's.
    """
    if "directory" not in installed:
        return
    for name in ("search", "directory"):
        found = foreign_package(name)
        if found is not None:
            raise ImproperlyConfigured(f"{OURS[name]}: {not_ours(name, found)}")


def foreign_package(name: str) -> Path | None:
    """Where `import name` leads, if that is somebody else's package; None if it is the hub's own."""
    spec = find_spec(name)
    places = list(spec.submodule_search_locations or ()) if spec else []
    folder = Path(places[0]).resolve() if places else SITE_PACKAGES / "nowhere"
    return None if folder == SITE_PACKAGES / name else folder


def not_ours(name: str, found: Path) -> str:
    """Why the hub does not start, and the one thing to do."""
    return (
        f"`import {name}` finds {found}, but the hub needs its own package of that name in {SITE_PACKAGES}. "
        f"Python takes the first one on its path, and a project's own folder comes first. "
        f"Rename or remove the folder `{name}` of your project (a site made by `wagtail start` has a small "
        f"app `search`), in INSTALLED_APPS, in its urls.py and in your imports too."
    )


@register()
def check_mail(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Whether mails that go into the outbox come out of it."""
    goes_in = settings.EMAIL_BACKEND == OUTBOX
    if goes_in and getattr(settings, "HUB_MAIL_BACKEND", OUTBOX) == OUTBOX:
        return [
            Error(
                "Mails wait in the outbox, and nothing is set to send them.",
                hint='Set HUB_MAIL_BACKEND, such as "django.core.mail.backends.smtp.EmailBackend".',
                id="hub.E006",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def check_mail_leaves(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Whether the worker sends mails, or only prints them."""
    if getattr(settings, "HUB_MAIL_BACKEND", settings.EMAIL_BACKEND) != CONSOLE:
        return []
    return [
        Warning(
            "Mails are printed by the worker and not sent.",
            hint="Set EMAIL_URL, such as smtp+tls://user:password@host:587.",
            id="hub.W002",
        )
    ]


@register()
def check_host(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """What the settings of a host lack."""
    return [*_missing_apps(), *_missing_middleware(), *_missing_languages()]


def _missing_apps() -> Iterator[CheckMessage]:
    missing = [name for name in NEEDED_APPS if not apps.is_installed(name)]
    if missing:
        yield Error(
            f"The register needs apps that are not installed: {', '.join(missing)}.",
            hint="Add them to INSTALLED_APPS; they came with the package.",
            id="hub.E004",
        )


def _missing_middleware() -> Iterator[CheckMessage]:
    known = set(_with_parents(settings.MIDDLEWARE))
    for number, path, what_happens, place in MIDDLEWARE:
        if path not in known:
            yield Warning(what_happens, hint=f"Add {path!r} to MIDDLEWARE, {place}.", id=number)


@register(Tags.security, deploy=True)
def check_documents(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Whether a document can only be had from Wagtail, which asks who may have it."""
    from wagtail.documents import get_document_model

    files = get_document_model()._meta.get_field("file").storage
    place, open_to_all = getattr(files, "location", None), Path(settings.MEDIA_ROOT).resolve()
    is_apart = place is None or not Path(place).resolve().is_relative_to(open_to_all)
    if is_apart and getattr(settings, "WAGTAILDOCS_SERVE_METHOD", None) == "serve_view":
        return []
    return [
        Warning(
            "Whoever knows or guesses the name of a document reads it, whatever becomes of its page.",
            hint=(
                'Set WAGTAILDOCS_SERVE_METHOD = "serve_view" and keep documents outside MEDIA_ROOT; or let '
                "the web server serve only images/ and original_images/ of it, and silence this check."
            ),
            id="hub.W004",
        )
    ]


def _with_parents(paths: Iterable[str]) -> Iterator[str]:
    """The dotted names of these middlewares and of the classes that they extend."""
    from django.utils.module_loading import import_string

    for path in paths:
        yield path
        found = import_string(path)
        yield from (f"{each.__module__}.{each.__name__}" for each in getattr(found, "__mro__", ()))


def _missing_languages() -> Iterator[CheckMessage]:
    known = {code.split("-")[0] for code, _name in settings.LANGUAGES}
    missing = [code for code in LANGUAGES if code not in known]
    if missing:
        yield Error(
            f"The hub speaks {', '.join(LANGUAGES)}; LANGUAGES lacks {', '.join(missing)}.",
            hint='LANGUAGES = [("en", "English"), ("fr", "French"), ("nl", "Dutch")]',
            id="hub.E005",
        )
