"""Owns what is remembered of a firm that has left the register: as little as an honest answer needs."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _


class GoneAddressQuerySet(models.QuerySet["GoneAddress"]):
    """Addresses by what they were."""

    def of(self, slug: str) -> Self:
        """The memory of a short name, kept under the present secret or a former one."""
        secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        return self.filter(fingerprint__in=[_fingerprint(slug, force_str(secret)) for secret in secrets])

    def remember(self, slugs: Iterable[str], sectors: Iterable[str]) -> None:
        """Keeps that a firm of these sectors was listed at these addresses; again is no harm."""
        told = sorted(sectors)
        GoneAddress.objects.bulk_create(
            [
                GoneAddress(fingerprint=_fingerprint(slug, settings.SECRET_KEY), sectors=told)
                for slug in sorted(set(slugs))
            ],
            update_conflicts=True,
            unique_fields=["fingerprint"],
            update_fields=["sectors"],
        )


class GoneAddress(models.Model):
    """A firm was listed at an address once. No name, no short name: a firm may have asked to be erased."""

    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True)
    sectors = models.JSONField(_("sectors"), default=list)

    objects = GoneAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address of a firm that is gone")
        verbose_name_plural = _("addresses of firms that are gone")

    def __str__(self) -> str:
        return f"{self.fingerprint[:8]}…"


def _fingerprint(slug: str, secret: str) -> str:
    # Salted: without the secret nobody can try names and see which firm was here.
    return salted_hmac("directory.GoneAddress", slug, secret=secret, algorithm="sha256").hexdigest()
