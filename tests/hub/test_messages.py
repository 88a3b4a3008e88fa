"""Owns the proof that catalogues are compiled as gettext would, and only when they changed."""

import gettext
import os
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from hub.site.messages import compile_messages

pytestmark = pytest.mark.pure

CATALOGUE = """
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=n > 1;\\n"

msgid "Find a firm"
msgstr "Trouver une entreprise"

#, fuzzy
msgid "Guessed"
msgstr "Deviné"

msgctxt "a month"
msgid "May"
msgstr "mai"

#, python-format
msgid "%(count)d firm"
msgid_plural "%(count)d firms"
msgstr[0] "%(count)d entreprise"
msgstr[1] "%(count)d entreprises"
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "room/locale/fr/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def test_a_compiled_catalogue_reads_as_it_was_written(catalogue: Path, tmp_path: Path) -> None:
    assert compile_messages(tmp_path) == 1

    with catalogue.with_suffix(".mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.gettext("Find a firm") == "Trouver une entreprise"
    assert read.pgettext("a month", "May") == "mai"
    assert [read.ngettext("%(count)d firm", "%(count)d firms", count) for count in (0, 1, 2)] == [
        "%(count)d entreprise",
        "%(count)d entreprise",
        "%(count)d entreprises",
    ]


def test_a_guess_is_not_shown_to_anybody(catalogue: Path, tmp_path: Path) -> None:
    compile_messages(tmp_path)

    with catalogue.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Guessed") == "Guessed"


def test_only_what_changed_is_compiled_again(catalogue: Path, tmp_path: Path) -> None:
    compile_messages(tmp_path)
    assert compile_messages(tmp_path) == 0

    later = catalogue.with_suffix(".mo").stat().st_mtime + 10
    os.utime(catalogue, (later, later))
    assert compile_messages(tmp_path) == 1


def test_a_catalogue_that_cannot_be_read_leaves_the_compiled_one(catalogue: Path, tmp_path: Path) -> None:
    compile_messages(tmp_path)
    before = catalogue.with_suffix(".mo").read_bytes()
    catalogue.write_text('msgid "unfinished\n', encoding="utf-8")
    later = catalogue.stat().st_mtime + 10
    os.utime(catalogue, (later, later))

    with pytest.raises(PoFileError) as refused:
        compile_messages(tmp_path)

    assert str(catalogue) in refused.value.__notes__[0]
    assert catalogue.with_suffix(".mo").read_bytes() == before
