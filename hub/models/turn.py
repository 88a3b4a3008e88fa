"""Owns the rows that let one after the other do what must not be done by two at once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Turn(models.Model):
    """One of a fixed number of rows that are only ever locked: see `hub.turns`. It names nobody."""

    number = models.PositiveSmallIntegerField(_("number"), primary_key=True)

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")

    def __str__(self) -> str:
        return str(self.number)
