"""Owns where documents lie: outside of what a web server gives away, so that the hub is asked for each."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages


class DocumentFiles(FileSystemStorage):
    """Files without an address of their own: Wagtail serves each, once it has asked who may have it."""

    @property
    def base_location(self) -> Path:
        """Their folder, asked anew each time; Django would keep that of all other uploads in mind."""
        return Path(settings.DOCUMENT_ROOT)

    @property
    def location(self) -> str:
        """The same, in full."""
        return str(self.base_location.resolve())

    def url(self, name: str | None) -> str:
        """:raises NotImplementedError: always; Wagtail then serves the file itself."""
        raise NotImplementedError("A document is only served by the hub.")


def documents() -> Storage:
    """The storage of documents; a project may name another one, such as a private bucket."""
    return storages["documents"]
