"""Owns that French and Dutch readers meet no English: in whole catalogues, as the code has it, on pages."""

import ast
import re
import shutil
import tomllib
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.core.management import call_command
from django.test import Client, override_settings

from hub.languages import LANGUAGES
from tests.architecture.repository import ROOMS, modules, shown, tree
from tests.cluster_pages.builders import made_page, make_page, make_site
from tests.directory.builders import make_capability, make_firm, make_region
from tests.directory.indexing import index_firms

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = Path("hub", "locale")
OTHERS = [language for language in LANGUAGES if language != "en"]  # the code itself is in English

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}")
TAG = re.compile(r"</?\w+[^>]*>")
NARROW = re.compile(r"[^\u00a0\u202f][;?!»]|[^\u00a0\u202f\w./*-]:|«[^\u00a0\u202f]")

MARKS = re.compile(r"_|n?p?gettext\w*")

# A language is named in itself wherever one is chosen.
OWN_NAMES = {"English", "Français", "Nederlands"}
PAGES = (
    "/firms/",
    "/firms/?q=brewing&kind=sme",
    "/firms/?q=nothing-is-called-so",
    "/firms/?page=99",
    "/firms/?page=nonsense",
    "/firms/hopshed-lane/",
    "/firms/long-gone/",
    "/search/?q=hopshed",
    "/search/?q=nothing-is-called-so",
    "/search/",
    "/only-english/",
)
# Pages that ship; their words are the site's, and must be in its language too.
SHIPPED = ("home", "directory", "clusters", "cluster_food-drink", "about")


def catalogue(language: str, root: Path = ROOT) -> Catalog:
    with (root / CATALOGUES / language / "LC_MESSAGES" / "django.po").open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def messages(language: str, root: Path = ROOT) -> dict[tuple[str, str], Message]:
    """Every message by its context and its (singular) English text."""
    return {(each.context or "", forms(each.id)[0]): each for each in catalogue(language, root) if each.id}


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The singular and the plural, or the one form there is."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def parts(text: str) -> tuple[list[str], list[str]]:
    """What a translation must not lose: its placeholders and its HTML."""
    return sorted(PLACEHOLDER.findall(text)), sorted(TAG.findall(text))


@pytest.mark.pure
@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_and_none_is_a_guess(language: str) -> None:
    found = messages(language).values()

    assert [each.id for each in found if not all(forms(each.string))] == []
    assert [each.id for each in found if each.fuzzy] == []
    assert [each.id for each in found if len(forms(each.string)) != len(forms(each.id))] == []


@pytest.mark.pure
@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_placeholders_and_html(language: str) -> None:
    broken = [
        each.id
        for each in messages(language).values()
        for text in forms(each.string)
        if parts(text) not in [parts(form) for form in forms(each.id)]
    ]

    assert broken == []


@pytest.mark.pure
@pytest.mark.parametrize("language", OTHERS)
def test_translations_begin_and_end_with_a_line_break_where_the_text_does(language: str) -> None:
    def ends(text: str) -> tuple[bool, bool]:
        return text.startswith("\n"), text.endswith("\n")

    for each in messages(language).values():
        assert {ends(text) for text in forms(each.string)} <= {ends(text) for text in forms(each.id)}, each.id


@pytest.mark.pure
def test_french_and_dutch_translate_the_same_texts() -> None:
    assert messages("fr").keys() == messages("nl").keys()


@pytest.mark.pure
def test_french_marks_of_punctuation_stay_with_their_word() -> None:
    texts = [TAG.sub("", text) for each in messages("fr").values() for text in forms(each.string)]

    assert [text for text in texts if NARROW.search(text)] == []


@pytest.mark.pure
@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_says_its_language_and_nothing_about_who_made_it(language: str) -> None:
    header = (ROOT / CATALOGUES / language / "LC_MESSAGES" / "django.po").read_text("utf-8").split("\n\n")[0]

    assert f'"Language: {language}\\n"' in header and "nplurals=2;" in header
    assert "@" not in header and "Last-Translator" not in header


@pytest.mark.pure
@pytest.mark.skipif(shutil.which("xgettext") is None, reason="xgettext is not installed")
def test_the_catalogues_hold_what_the_code_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _copy_sources(tmp_path)
    monkeypatch.chdir(tmp_path)
    with override_settings(LOCALE_PATHS=[tmp_path / CATALOGUES]):
        call_command(
            "makemessages",
            locale=list(OTHERS),
            no_location=True,
            no_obsolete=True,
            verbosity=0,
            stdout=StringIO(),
        )

    said = messages(OTHERS[0], tmp_path).keys()
    for language in OTHERS:
        known = messages(language).keys()
        assert sorted(said - known) == [], f"new in the code: see docs/how-to/translate.md ({language})"
        assert sorted(known - said) == [], f"gone from the code: see docs/how-to/translate.md ({language})"


@pytest.mark.pure
def test_no_text_hides_in_an_f_string_where_the_catalogues_do_not_see_it() -> None:
    hidden = [
        f"{shown(path)}:{call.lineno}"
        for path in modules(*ROOMS)
        for text in ast.walk(tree(path))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and MARKS.fullmatch(getattr(call.func, "id", ""))
    ]

    assert hidden == []


def _copy_sources(target: Path) -> None:
    """The rooms and the templates, without catalogues: what is read then is what the code says."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    rooms = told["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    unread = shutil.ignore_patterns(
        "__pycache__", "*.po", "*.mo", "migrations", "vocabularies", "*.css", "*.toml"
    )
    for room in [*rooms, "templates"]:
        shutil.copytree(ROOT / room, target / room, ignore=unread)
    (target / CATALOGUES).mkdir(exist_ok=True)


class Reader(HTMLParser):
    """The pieces of text a page is made of, and what it says to a screen reader, but for foreign ones."""

    SPOKEN = ("aria-label", "placeholder", "title", "alt")
    VOID = ("meta", "link", "input", "br", "img", "hr")

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.page_language = ""
        self.pieces: set[str] = set()
        self.foreign: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.page_language = given.get("lang", "")
        self.pieces.update(given[name].strip() for name in self.SPOKEN if name in given)
        if tag not in self.VOID:
            outside = bool(self.foreign and self.foreign[-1])
            self.foreign.append(outside or given.get("lang", self.language) != self.language)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and self.foreign:
            self.foreign.pop()

    def handle_data(self, data: str) -> None:
        if not (self.foreign and self.foreign[-1]):
            self.pieces.add(" ".join(data.split()))


@pytest.mark.django_db
@pytest.mark.parametrize("language", OTHERS)
def test_public_pages_have_no_english_left_in_them(client: Client, language: str) -> None:
    make_capability("brewing", name_fr="Brassage", name_nl="Brouwen")
    make_firm(
        "Hopshed Lane", capabilities=["brewing"], size="micro", languages=["en", "nl"], offers=["supply"]
    )
    make_firm("Across", region=make_region("zeeland", parent="netherlands"), looks_for=["supply"])
    make_firm("Long Gone").delete()
    make_site()
    make_page("Only English", slug="only-english")
    index_firms()

    shipped = [made_page(key, language).get_url() for key in SHIPPED]
    for path in [*(f"/{language}{path}" for path in PAGES), *shipped]:
        page = read(client, path, language)

        assert page.page_language == language, path
        assert english(language) & (page.pieces - OWN_NAMES) == set(), path


@pytest.mark.django_db
def test_english_left_on_a_page_would_be_found(client: Client) -> None:
    make_firm("Hopshed Lane")
    index_firms()

    page = read(client, "/en/firms/", "en")

    assert {"Region", "Search", "Sort by", "Skip to the content"} <= page.pieces & english("fr")


def read(client: Client, path: str, language: str) -> Reader:
    page = Reader(language)
    page.feed(client.get(path, follow=True).content.decode())
    return page


def english(language: str) -> set[str]:
    """English texts that say something else in a language."""
    everything = messages(language).values()
    texts = {form for each in everything for form in forms(each.id) if not PLACEHOLDER.search(form)}
    alike = {form for each in everything for form in forms(each.string)}
    return texts - alike
