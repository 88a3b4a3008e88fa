"""Owns what every page of the hub has in common: its text fields, its head, its languages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from hub.blocks import BodyBlock
from hub.languages import LANGUAGES, current_language
from hub.seo import Crumb, Head, ShareImage
from hub.walls import seen_title

SHARED_SIZE = "fill-1200x630"  # pixels; what the large networks show uncropped


def for_everybody() -> Any:
    """Of a query of pages: those that no page above, nor they themselves, keep for some.

    Wagtail's own `public()` reads all restrictions first, which is a query more for each list.
    """
    path = ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
    above = PageViewRestriction.objects.annotate(inner=path).filter(inner__startswith=F("page__path"))
    return ~Exists(above)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The published pages around a page: its translations, itself included; and those above it but the root.

    Of a page above it the reader's translation stands there, if there is one.
    """

    above: Sequence[Page]
    translations: Sequence[Page]

    @classmethod
    def of(cls, page: Page, reader: str) -> Self:
        """Reads them in one query, and only what an address and a title need."""
        paths = [page.path[:end] for end in range(2 * Page.steplen, len(page.path), Page.steplen)]
        keys = Page.objects.filter(path__in=paths).values("translation_key")
        is_read = Q(translation_key__in=keys, locale__language_code=reader)
        near = (
            Page.objects.live()
            .filter(Q(path__in=paths) | Q(translation_key=page.translation_key) | is_read)
            .annotate(is_open=for_everybody())
            .select_related("locale")
            .only("title", "url_path", "path", "translation_key", "locale__language_code")
            .order_by("path")
        )
        read = {
            each.translation_key: each
            for each in near
            if each.is_open and each.locale.language_code == reader
        }
        return cls(
            [read.get(each.translation_key, each) for each in near if each.path in paths],
            [each for each in near if each.translation_key == page.translation_key],
        )

    def addresses(self) -> dict[str, str]:
        """Where the page can be read by anybody, by language."""
        found = {
            each.locale.language_code: each.get_url() or "" for each in self.translations if each.is_open
        }
        return {code: found[code] for code in LANGUAGES if found.get(code)}


class HubPage(Page):
    """A page of the hub. Page data never repeats what a cluster, a region or a firm holds."""

    # Many sites have a page type of the same name as one of ours.
    page_ptr = models.OneToOneField(
        Page,
        on_delete=models.CASCADE,
        parent_link=True,
        primary_key=True,
        related_name="%(app_label)s_%(class)s",
    )
    introduction = models.TextField(
        _("introduction"), max_length=600, blank=True, help_text=_("One or two sentences under the title.")
    )
    share_image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("picture for sharing"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown where somebody shares the page. At least 1200 by 630 pixels."),
    )

    # What the template gets as `facts`, for a page and a language. It lies above the models and puts itself
    # here when the app is ready.
    presenter: ClassVar[Callable[[Any, str], object] | None] = None

    # Relations that every showing of the page reads, so that they come with it.
    shown_with: ClassVar[tuple[str, ...]] = ()

    password_required_template = "hub/password_required.html"  # noqa: S105 - a template
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("share_image")], heading=_("For sharing")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        abstract = True

    @property
    def language(self) -> str:
        """The language that the page is written in."""
        return str(self.locale.language_code)

    @property
    def is_foreign(self) -> bool:
        """Whether the reader's language is another one."""
        return self.language != get_language()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the facts of the page, and what it says of itself to machines."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["head"] = self.head()
        if self.presenter is not None:
            context["facts"] = type(self).presenter(self, current_language())  # type: ignore[misc]
        return context

    def get_admin_display_title(self) -> str:
        """The title in the admin, which may be a draft's: others see the public one."""
        return seen_title(self, super().get_admin_display_title())

    def get_parent(self, *args: Any, **kwargs: Any) -> Any:
        """The page above, under the title by which whoever looks at it in the admin may know it."""
        above = super().get_parent(*args, **kwargs)
        if above is not None:
            above.draft_title = seen_title(above, above.draft_title)
        return above

    def head(self) -> Head:
        """What the page says of itself to machines, in one query."""
        reader = current_language()
        around = Surroundings.of(self, reader)
        for each in around.translations:
            if each.pk == self.pk:
                self.locale = each.locale  # known already: asked for by itself it is a query more
        return Head(
            path=self.get_url() or "",
            language=self.language,
            addresses=around.addresses(),
            title=self.seo_title or self.title,
            description=self.search_description or self.introduction,
            crumbs=[_crumb(each, reader) for each in around.above],
            image=self._share_image(),
        )

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page in its own language, whatever the editor's."""
        with translation.override(self.language):
            response: Any = super().serve_preview(request, mode_name)
            return response.render() if hasattr(response, "render") else response

    def _share_image(self) -> ShareImage | None:
        if self.share_image is None:
            return None
        shown = self.share_image.get_rendition(SHARED_SIZE)
        return ShareImage(shown.url, shown.width, shown.height, self.share_image.default_alt_text)


def _crumb(page: Page, reader: str) -> Crumb:
    language = page.locale.language_code
    return Crumb(page.title, address_for(page, reader), language if language != reader else "")


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


class WrittenPage(HubPage):
    """A page with a body of blocks."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*HubPage.content_panels, FieldPanel("body")]
    search_fields = [*HubPage.search_fields, index.SearchField("body")]

    class Meta:
        abstract = True
