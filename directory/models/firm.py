"""Owns a firm: its public facts, its drafts, and the one door through which it is published."""

import itertools
from collections.abc import Callable, Collection, Sequence
from functools import cache
from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.images import get_image_model_string
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
)

from directory.addresses import RESERVED
from directory.numbers import validate_nace_codes, validate_number
from hub.languages import LANGUAGES, current_language
from hub.models import Region
from search.pending import mark

from .choices import Exchange, Kind, Size, SpokenLanguage
from .fields import ChosenValuesField
from .gone import GoneAddress
from .merging import Merge, MergedLock
from .profile import FirmProfile
from .vocabulary import FirmCapability, FirmSector

# The name of the register in the search; `directory.search` declares what it holds.
FIRMS = "firms"
_SLUG = "a-slug"  # stands for the one that is asked for in a query that is kept


@cache
def _listed_with_slug() -> tuple[str, Sequence[Any]]:
    # Every page of a firm asks this, and putting it together takes three times as long as asking it.
    return Firm.objects.listed().filter(slug=_SLUG).query.sql_with_params()


class FirmQuerySet(models.QuerySet["Firm"]):
    """Firms by what they are; rules about people are asked in `hub.permissions`."""

    def live(self) -> Self:
        """Published firms."""
        return self.filter(live=True)

    def listed(self) -> Self:
        """Live firms that can be found."""
        return self.live().listable()

    def listable(self) -> Self:
        """Firms that can be found once live: named, placed, with a sector, a capability or a description."""
        says_what_it_does = (
            Exists(FirmSector.objects.filter(content_object=OuterRef("pk")))
            | Exists(FirmCapability.objects.filter(content_object=OuterRef("pk")))
            | Exists(FirmProfile.objects.filter(firm=OuterRef("pk")).exclude(description=""))
        )
        return self.exclude(Q(name="") | Q(region=None)).filter(says_what_it_does)

    def standing(self) -> Self:
        """Firms that are not merged into another one."""
        return self.exclude(Exists(Merge.objects.open().filter(merged=OuterRef("pk"))))

    def in_regions(self, regions: Collection[int]) -> Self:
        """Firms of these regions; the caller asked `hub.permissions` which."""
        return self.filter(region__in=list(regions))

    def with_confirmed_at(self) -> Self:
        """Each firm knows as `confirmed_at` when somebody last said that it is still right, or None."""
        return self.annotate(confirmed_at=Max("confirmations__at"))

    def free_slug(self, name: str) -> str:
        """A short name for addresses made from a firm's name, with a number if it is reserved, or others have
        or had it.

        "Brasserie Thé & Co" gives `brasserie-the-co`, or `brasserie-the-co-2` if that is taken.
        """
        base = slugify(name)[:90].strip("-") or "firm"
        taken = {*RESERVED, *self.filter(slug__startswith=base).values_list("slug", flat=True)}
        taken.update(FormerSlug.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        numbered = (f"{base}-{number}" for number in itertools.count(2))
        return next(slug for slug in itertools.chain([base], numbered) if slug not in taken)


class Firm(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel):
    """Any organisation of the register. Revisions hold what editors write; `FACTS` stay with the live row."""

    # What a revision must never bring back: only actions change these.
    FACTS = ("slug", "region", "source", "import_key", "is_demo", "created_at", "asked_at")
    # Where the firm is in its life. Wagtail writes these into revisions, too; the row alone is right.
    LIFE = (
        *("live", "has_unpublished_changes", "first_published_at", "last_published_at", "expired"),
        *("live_revision", "latest_revision", "locked", "locked_at", "locked_by"),
    )

    slug = models.SlugField(_("short name in addresses"), max_length=100, unique=True)
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="firms",
    )
    source = models.CharField(_("source"), max_length=60, blank=True)
    import_key = models.CharField(_("key in the source"), max_length=200, null=True, blank=True)  # noqa: DJ001
    is_demo = models.BooleanField(_("invented for the demo"), default=False)

    name = models.CharField(_("name"), max_length=200)
    trading_name = models.CharField(_("trading name"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.SME)
    town = models.CharField(_("town"), max_length=100, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    email = models.EmailField(_("general mail, shown to everyone"), blank=True)
    phone = models.CharField(_("general phone, shown to everyone"), max_length=40, blank=True)
    number = models.CharField(
        _("VAT or registration number"), max_length=30, blank=True, validators=[validate_number]
    )
    founded = models.PositiveSmallIntegerField(
        _("year founded"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1000), MaxValueValidator(2100)],
    )
    size = models.CharField(_("size"), max_length=10, choices=Size, blank=True)
    languages = ChosenValuesField(_("languages spoken"), choices_of=SpokenLanguage)
    nace_codes = models.JSONField(_("NACE codes"), default=list, blank=True, validators=[validate_nace_codes])
    offers = ChosenValuesField(_("offers"), choices_of=Exchange)
    looks_for = ChosenValuesField(_("looks for"), choices_of=Exchange)
    serves = ParentalManyToManyField(
        Region, verbose_name=_("regions also served"), blank=True, related_name="served_by"
    )
    sectors = ClusterTaggableManager(
        through=FirmSector, blank=True, verbose_name=_("sectors"), related_name="firms", help_text=""
    )
    capabilities = ClusterTaggableManager(
        through=FirmCapability, blank=True, verbose_name=_("capabilities"), related_name="firms", help_text=""
    )
    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    logo_alt = models.CharField(
        _("what the logo shows, for those who cannot see it"), max_length=200, blank=True
    )
    created_at = models.DateTimeField(_("added to the register"), auto_now_add=True)
    asked_at = models.DateTimeField(_("asked whether all is still right"), null=True, editable=False)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="firm")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="firm",
        for_concrete_model=False,
    )

    objects = FirmQuerySet.as_manager()

    # What the template of the public page gets as `page`, for a firm and a language. It lies above the models
    # and puts itself here when the app is ready.
    presenter: ClassVar[Callable[["Firm", str], object]]

    class Meta:
        verbose_name = _("firm")
        verbose_name_plural = _("firms")
        constraints = [
            models.UniqueConstraint(fields=["source", "import_key"], name="directory_firm_is_imported_once")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public address, in the language in force."""
        return reverse("directory:firm", args=[self.slug])

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """A preview in each language, the editor's own first."""
        mine = current_language()
        return sorted(FirmProfile.Language.choices, key=lambda choice: choice[0] != mine)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The public page as it will be, in the language that the mode names."""
        language = mode_name if mode_name in LANGUAGES else LANGUAGES[0]
        with translation.override(language):
            page = type(self).presenter(self, language)
            return TemplateResponse(request, "directory/firm.html", {"page": page}).render()

    def serializable_data(self) -> dict[str, Any]:
        """What a revision keeps: everything editors write, none of the facts."""
        row_only = {*self.FACTS, *self.LIFE}
        return {name: value for name, value in super().serializable_data().items() if name not in row_only}

    @property
    def revisions(self) -> Any:
        """Wagtail's own rows of this firm's drafts."""
        return self._revisions

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """The firm as a revision tells it, with the facts as they are now in the database."""
        # A revision may have been written before a field was called a fact.
        told = {name: value for name, value in content.items() if name not in {*self.FACTS, *self.LIFE}}
        firm = super().with_content_json(told)
        # `self` may be older than the row: the region may have changed since the draft was opened.
        firm.take_facts_of(type(self).objects.filter(pk=self.pk).first() or self)
        return firm

    def take_facts_of(self, row: Self) -> None:
        """Takes over what only actions and Wagtail change; the text stays as it is."""
        for name in (*self.FACTS, *self.LIFE):
            attribute = self._meta.get_field(name).attname
            setattr(self, attribute, getattr(row, attribute))

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """The one door: every way to publish ends here. The search looks at the firm again afterwards."""
        with transaction.atomic():
            self._lock()
            was_listed = self._is_listed()
            super().publish(revision, *args, **kwargs)
            if was_listed and not self._is_listed():
                self.remember_addresses()
            mark(FIRMS, [self.pk])

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """The way out: every way to unpublish ends here. What is unpublished is the row as it is now."""
        with transaction.atomic():
            self._lock()
            self.refresh_from_db()
            super().unpublish(*args, **kwargs)
            mark(FIRMS, [self.pk])

    def get_lock(self) -> Any:
        """Wagtail's lock on the firm; one that is kept aside after a merge is locked for everybody."""
        merge = Merge.objects.open().filter(merged=self.pk).select_related("kept").first()
        return MergedLock(self, merge) if merge else super().get_lock()

    def remember_addresses(self) -> None:
        """Keeps that a firm was listed here, for those who follow an old link once it is gone."""
        former = FormerSlug.objects.filter(firm=self).values_list("slug", flat=True)
        sectors = FirmSector.objects.filter(content_object=self).values_list("tag__slug", flat=True)
        GoneAddress.objects.remember([self.slug, *former], sectors)

    @classmethod
    def listed_by_slug(cls, slug: str) -> "Firm | None":
        """The listed firm that has this short name now."""
        sql, values = _listed_with_slug()
        return next(iter(cls.objects.raw(sql, [slug if value == _SLUG else value for value in values])), None)

    def _is_listed(self) -> bool:
        return type(self).objects.listed().filter(pk=self.pk).exists()

    def _lock(self) -> None:
        type(self).objects.select_for_update().only("pk").get(pk=self.pk)


class FormerSlug(models.Model):
    """An address that a firm once had; it redirects to the present one."""

    firm = models.ForeignKey(
        Firm, verbose_name=_("firm"), on_delete=models.CASCADE, related_name="former_slugs"
    )
    slug = models.SlugField(_("former short name"), max_length=100, unique=True)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug


class CaseStudy(models.Model):
    """Work that a firm shows, told in one language."""

    firm = ParentalKey(Firm, related_name="case_studies", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=2, choices=FirmProfile.Language)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), max_length=5_000)
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)

    # What Wagtail's inline form orders by.
    sort_order_field = "sort_order"

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")
        ordering = ["sort_order"]

    def __str__(self) -> str:
        return self.title
