"""Owns what one region does not see of another in Wagtail's own screens: titles of drafts, unpublished files.

Wagtail's rights on pages hold where a page is opened or changed. Lists that help to choose one, and some
screens that ask "are you sure?", show titles of drafts to everybody in the admin; a document is served to
whoever knows its address.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import DraftStateMixin, Page, ReferenceIndex
from wagtail.permissions import policy_registry

from hub.keys import key_of
from hub.permissions import may_see_drafts_of_page, pages_of
from hub.roles import Person

FILE_RIGHTS = ("choose", "change", "add", "delete")
# How Wagtail's addresses call a page. Some call it `pk`, which elsewhere is another thing.
PAGE_NAMES = frozenset({"page_id", "parent_page_id", "page_to_move_id", "destination_id"})
ABOUT_PAGES = ("wagtailadmin_pages", "simple_translation")
EVERYTHING = "all"  # in the place of a key, in an address about many
_asking: ContextVar[HttpRequest | None] = ContextVar("asking", default=None)


@contextmanager
def asked_by(request: HttpRequest) -> Iterator[None]:
    """Whoever sends this request is who looks at titles meanwhile; templates are filled in late."""
    token = _asking.set(request)
    try:
        yield
    finally:
        _asking.reset(token)


def asking() -> HttpRequest | None:
    """The request of the admin that is being answered."""
    return _asking.get()


def may_enter(user: Person, namespace: str, names: Mapping[str, Any]) -> bool:
    """Whether somebody has to do with every page that an address of the admin is about.

    Of a list that goes through a page it is enough that the page is public.
    """
    is_about_pages = namespace in ABOUT_PAGES
    asked = PAGE_NAMES | {"pk"} if is_about_pages else PAGE_NAMES
    keys = {key_of(Page, pk) for name, pk in names.items() if name in asked}
    pages: Iterable[Page] = Page.objects.filter(pk__in=keys - {None})
    return all(_is_open_to(user, page, is_about_pages) for page in pages)


def may_handle(user: Person, model: type[Model], pks: Iterable[str]) -> bool:
    """Whether somebody has to do with all these pages or files; other kinds have their own walls.

    What no row can have as its key is refused for every kind: Wagtail would ask the database for it as it is.
    """
    keys = {key_of(model, pk) for pk in pks if pk != EVERYTHING}
    if None in keys:
        return False
    if model is Page:
        return all(may_enter(user, ABOUT_PAGES[0], {"pk": key}) for key in keys)
    if model in (get_image_model(), get_document_model()):
        files = model._default_manager.filter(pk__in=keys)
        return own_files(files, user).count() == files.count()
    return True


def own_files(files: QuerySet[Any], user: Person) -> QuerySet[Any]:
    """Of these images or documents, those on which the person has any right."""
    own = policy_registry.get_by_type(files.model).instances_user_has_any_permission_for(user, FILE_RIGHTS)
    # A list and not a subquery: what is searched cannot be filtered by one.
    return files.filter(pk__in=list(own.values_list("pk", flat=True)))


def _is_open_to(user: Person, page: Page, must_have_to_do: bool) -> bool:
    is_listed = not must_have_to_do and (page.live or page.depth == 1)
    # Somebody who approves changes may edit a page only while its change waits.
    return is_listed or may_see_drafts_of_page(user, page) or bool(page.permissions_for_user(user).can_edit())


def seen_title(page: Any, title: str) -> str:
    """A page's title in the admin, as far as whoever looks at it may know it: of a live page the public one.

    A page that is not live has no title for others; they meet it only where a list goes through it.
    """
    request = _asking.get()
    if request is None or may_see_drafts_of_page(request.user, page):
        return title
    return str(page.title) if page.live else "–"


def hide_drafts_of_others(pages: Any, request: HttpRequest) -> Any:
    """Pages that a chooser offers: public ones, and those with which this person has something to do."""
    return pages.live() | (pages & pages_of(request.user))


def refuse_unpublished(document: Any, request: HttpRequest) -> None:
    """Serves a document that nothing public shows only to those who may choose it for a page.

    :raises Http404: for all others; that it exists says something already.
    """
    policy = policy_registry.get_by_type(get_document_model())
    may = policy.user_has_any_permission_for_instance
    if not _is_shown(document) and not may(request.user, FILE_RIGHTS, document):
        raise Http404


def refuse_to_move(request: HttpRequest, page: Page, destination: Page) -> None:
    """Asks before Wagtail asks back: it only looks at the rights once the answer is yes.

    :raises PermissionDenied: if the person may not move the page there.
    """
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


def _is_shown(document: Any) -> bool:
    """Whether a public page, or a live thing of another kind, refers to it."""
    found: dict[int, set[str]] = {}
    references = ReferenceIndex.get_references_to(document).order_by()
    for kind, pk in references.values_list("base_content_type", "object_id").distinct():
        found.setdefault(kind, set()).add(pk)
    return any(_any_public(kind, pks) for kind, pks in found.items())


def _any_public(kind: int, pks: set[str]) -> bool:
    model: Any = ContentType.objects.get_for_id(kind).model_class()
    if model is None:
        return False
    if issubclass(model, Page):
        return bool(Page.objects.live().public().filter(pk__in=pks).exists())
    things = model._default_manager.filter(pk__in=pks)
    return bool((things.filter(live=True) if issubclass(model, DraftStateMixin) else things).exists())
