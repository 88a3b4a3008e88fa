"""Owns what the tests of the import screen share: addresses, files, and the way of one to its trial."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.importing.uploads import work_uploads
from directory.models import ImportRun
from tests.directory.importing import MAPPING

State = ImportRun.State
LIST = "directory_importrun_modeladmin_index"


def url(name: str, *args: Any) -> str:
    return reverse(f"directory_imports:{name}", args=args)


def files(content: bytes, mapping: str | bytes = MAPPING, name: str = "firms.csv") -> dict[str, Any]:
    text = mapping.encode() if isinstance(mapping, str) else mapping
    own = SimpleUploadedFile("chamber.toml", text) if text else ""
    return {"file": SimpleUploadedFile(name, content), "own_mapping": own}


def upload(admin: Client, content: bytes) -> ImportRun:
    admin.post(url("upload"), files(content))
    return ImportRun.objects.latest("pk")


def tried(admin: Client, content: bytes) -> ImportRun:
    upload(admin, content)
    work_uploads(timezone.now())
    return ImportRun.objects.latest("pk")


def page_of(admin: Client, run: ImportRun, **query: Any) -> str:
    return admin.get(url("run", run.pk), query).content.decode()
