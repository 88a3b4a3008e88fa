"""Owns the project's user, image and document models, our own from the first migration on."""

import secrets
from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from .storage import documents


class User(AbstractUser):
    """Somebody who logs in. Sessions and remembered devices from before `sessions_from` count no more."""

    sessions_from = models.DateTimeField(_("sessions ended"), null=True, blank=True, editable=False)

    def get_session_auth_hash(self) -> str:
        """What a session must know: Django ends it as soon as this is another."""
        return super().get_session_auth_hash() + self._since()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same, for the keys in SECRET_KEY_FALLBACKS."""
        for known in super().get_session_auth_fallback_hash():
            yield known + self._since()

    def _since(self) -> str:
        return f"@{self.sessions_from.timestamp():.6f}" if self.sessions_from else ""


class HubImage(AbstractImage):
    """A picture; its description is what a screen reader says."""

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def get_upload_to(self, filename: str) -> str:
        """A name that nobody guesses: a web server gives images to everybody, before they are shown, too."""
        path: str = super().get_upload_to(f"{secrets.token_hex(8)}-{filename}")
        return path


class HubRendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(HubImage, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class HubDocument(AbstractDocument):
    """A file to download, which lies where no web server reaches it."""

    file = models.FileField(_("file"), upload_to="documents", storage=documents)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
