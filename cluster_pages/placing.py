"""Owns where pages are: the tree of a language, the page of the register, a page read in another language."""

from django.core.cache import cache
from django.utils.translation import get_language
from wagtail.models import Page, Site, SiteRootPath

from cluster_pages.models import DirectoryPage
from hub.languages import LANGUAGES

# As Wagtail keeps its root paths. Signals empty it in the process that changed a page; the others follow.
KEPT = 60  # seconds
_REGISTER = "cluster_pages.register."


def root_path(language: str) -> str:
    """Where the tree of a language begins, as Wagtail writes it in `url_path`; empty if there is none."""
    paths: list[SiteRootPath] = Site.get_site_root_paths()
    return next((str(path.root_path) for path in paths if path.language_code == language), "")


def register_page_url() -> str:
    """The address of the register's page in the language in force; empty if there is none."""
    language = (get_language() or LANGUAGES[0])[:2]
    url: str | None = cache.get(f"{_REGISTER}{language}")
    if url is None:
        page = DirectoryPage.objects.live().filter(url_path__startswith=root_path(language) or "//").first()
        url = (page.get_url() if page else "") or ""
        cache.set(f"{_REGISTER}{language}", url, KEPT)
    return url


def forget_register(**kwargs: object) -> None:
    """Looks for the register's page anew; a receiver of everything that can move it."""
    cache.delete_many([f"{_REGISTER}{language}" for language in LANGUAGES])


def read_from(page: Page, language: str) -> str:
    """Where readers of a language find a page that is only there in another: the same path below theirs.

    `/en/about/` is read in French at `/fr/about/`.
    """
    url = page.get_url() or ""
    own = f"/{page.locale.language_code}/"
    return f"/{language}/{url.removeprefix(own)}" if url.startswith(own) else url


def address_for(page: Page, language: str) -> str:
    """Where readers of a language find a page: at its own address, or at where it is read from in theirs."""
    is_theirs = page.locale.language_code == language
    return (page.get_url() or "") if is_theirs else read_from(page, language)
