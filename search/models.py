"""Owns the rows of the search: what is to be looked at again."""

from django.db import models


class PendingChange(models.Model):
    """Look again at this thing. `token` changes with every mark, so a drain deletes only what it has seen."""

    index = models.CharField(max_length=30)
    key = models.BigIntegerField()
    token = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["index", "key"], name="search_pending_once_per_thing")]

    def __str__(self) -> str:
        return f"{self.index} {self.key}"
