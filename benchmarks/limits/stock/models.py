"""Owns the firm as a Wagtail developer would first write it: an indexed snippet with plain relations."""

from django.db import models
from wagtail.search import index
from wagtail.snippets.models import register_snippet


class StockValue(models.Model):
    """A value that a firm can have several of: sector, capability, language, offers, looks for."""

    facet = models.CharField(max_length=20)
    slug = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"{self.facet} {self.slug}"


@register_snippet
class StockFirm(index.Indexed, models.Model):
    """A firm with its texts in one row."""

    name = models.CharField(max_length=200)
    town = models.CharField(max_length=100)
    tagline = models.TextField()
    text = models.TextField()
    kind = models.CharField(max_length=20)
    size = models.CharField(max_length=20)
    region = models.CharField(max_length=100)
    cluster = models.CharField(max_length=100)
    values = models.ManyToManyField(StockValue)

    search_fields = [
        index.SearchField("name", boost=8),
        index.AutocompleteField("name"),
        index.SearchField("town", boost=4),
        index.AutocompleteField("town"),
        index.SearchField("tagline", boost=2),
        index.SearchField("text"),
        index.FilterField("kind"),
        index.FilterField("size"),
        index.FilterField("region"),
        index.FilterField("cluster"),
    ]

    def __str__(self) -> str:
        return self.name
