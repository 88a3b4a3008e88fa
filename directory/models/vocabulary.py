"""Owns the two closed vocabularies. A firm that *uses* mechatronics is not *in* mechatronics: hence two."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase

from hub.languages import current_language, in_language


class VocabularyTerm(TagBase):
    """A term with a label and alternative terms in three languages; `name` is the English label."""

    name_fr = models.CharField(_("label in French"), max_length=100)
    name_nl = models.CharField(_("label in Dutch"), max_length=100)
    also_en = models.JSONField(_("also called, in English"), default=list, blank=True)
    also_fr = models.JSONField(_("also called, in French"), default=list, blank=True)
    also_nl = models.JSONField(_("also called, in Dutch"), default=list, blank=True)

    class Meta:
        abstract = True

    @property
    def name_en(self) -> str:
        """The English label under the name its siblings have."""
        return str(self.name)

    def __str__(self) -> str:
        return in_language(self, "name", current_language())


class Sector(VocabularyTerm):
    """What a firm is in."""

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class Capability(VocabularyTerm):
    """What a firm uses or can do."""

    class Meta:
        verbose_name = _("capability")
        verbose_name_plural = _("capabilities")


class FirmSector(ItemBase):
    """A firm is in a sector."""

    tag = models.ForeignKey(Sector, related_name="firm_sectors", on_delete=models.CASCADE)
    content_object = ParentalKey("directory.Firm", related_name="firm_sectors", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"], name="directory_firm_is_in_a_sector_once"
            )
        ]


class FirmCapability(ItemBase):
    """A firm uses a capability."""

    tag = models.ForeignKey(Capability, related_name="firm_capabilities", on_delete=models.CASCADE)
    content_object = ParentalKey("directory.Firm", related_name="firm_capabilities", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"], name="directory_firm_uses_a_capability_once"
            )
        ]
