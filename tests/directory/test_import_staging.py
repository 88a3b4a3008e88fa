"""Owns the proof of what a row becomes: checked values, and a reason for each that was left out."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.importing.checks import Unusable, nace_from_sic, postcode, website
from directory.importing.cleaning import one_line, plain_text
from directory.importing.guessing import guess_language
from directory.importing.known import SEVERAL, TEXTS
from directory.importing.mapping import read_mapping
from directory.importing.staging import Stage, Staged, Values, why_draft
from directory.importing.table import Row
from directory.models import Firm, FirmProfile
from directory.sentences import sentence_of

from .importing import COLUMNS, KNOWN, MAPPING, NOW, make_row

pytestmark = pytest.mark.pure


def stage(mapping: str = MAPPING, **cells: str) -> Staged:
    rules = read_mapping(mapping, KNOWN)
    row = make_row(**cells)
    return Stage(COLUMNS, rules, KNOWN, NOW).row(Row(7, tuple(row[column] for column in COLUMNS)))


def values(**cells: str) -> Values:
    staged = stage(**cells)
    assert staged.values is not None
    return staged.values


def codes(**cells: str) -> list[str]:
    return [problem.code for problem in stage(**cells).problems]


def test_a_row_becomes_the_values_of_a_firm() -> None:
    assert values(town="Gent", postcode="9000", website="www.dekring.be", since="1999") == {
        "name": "Brouwerij De Kring",
        "kind": "sme",
        "region": "east-flanders",
        "town": "Gent",
        "postcode": "9000",
        "website": "https://www.dekring.be",
        "founded": 1999,
        "sectors": ["food-drink"],
        "capabilities": ["brewing"],
    }


def test_a_row_without_a_name_is_refused_with_its_line() -> None:
    staged = stage(firm="  ")
    assert staged.values is None
    assert str(staged.problems[-1]) == "Line 7, firm: The row has no name. The row was left out."


def test_a_row_without_its_key_is_refused() -> None:
    assert stage(id=" ").values is None
    assert codes(id="")[-1] == "no-key"


def test_a_value_that_is_wrong_is_dropped_and_the_row_goes_on() -> None:
    staged = stage(website="Mycelium technologies", postcode="9OOO", since="last year")
    assert staged.values is not None
    assert not {"website", "postcode", "founded"} & staged.values.keys()
    assert [problem.column for problem in staged.problems] == ["postcode", "website", "since"]
    assert str(staged.problems[0]) == (
        "Line 7, postcode: “9OOO” has letters in it. Belgian postcodes are four digits, such as 9000. "
        "It was left out; the rest of the row was taken."
    )


def test_values_in_a_report_are_short() -> None:
    problem = stage(website="no address " * 50).problems[0]
    assert len(problem.value) == 60


def test_the_country_is_the_region_where_the_code_is_empty_or_unknown() -> None:
    assert values(nuts="", country="GB")["region"] == "united-kingdom"
    assert values(nuts="ZZ9", country="GB")["region"] == "united-kingdom"
    assert codes(nuts="ZZ9", country="GB") == ["region"]


def test_a_code_that_is_too_fine_counts_for_the_region_around_it() -> None:
    assert values(nuts="UKJ41", country="GB")["region"] == "kent"


def test_without_any_region_a_firm_is_a_draft() -> None:
    assert why_draft(values(nuts="", country="")) == "no-region"
    assert why_draft(values(tags="other")) == "says-nothing"
    assert why_draft(values(tags="", text="We brew.")) == ""


def test_tags_give_sectors_capabilities_kind_and_size() -> None:
    found = values(tags="HARDWARE| School |other")
    assert (found["sectors"], found["kind"], found["size"]) == (["electronics"], "university", "large")
    assert codes(tags="hardware|unheard of") == ["tag"]


def test_industry_codes_become_nace_codes() -> None:
    mapping = MAPPING.replace('separator = "|"', 'separator = "|"\nnace_prefix = "SIC "')
    staged = stage(mapping, tags="SIC 62020|SIC 47200|SIC 1")
    assert staged.values is not None
    assert staged.values["nace_codes"] == ["47.2", "62.02"]
    assert [problem.code for problem in staged.problems] == ["nace_codes"]


def test_a_text_is_in_the_language_that_the_row_says() -> None:
    assert values(text="Bières", language="fr")["description_fr"] == "Bières"
    assert values(text="Beer")["description_en"] == "Beer"
    assert "description_en" not in values(text="Bier", language="de")
    assert codes(text="Bier", language="de") == ["text_language"]


def test_the_language_can_be_guessed_where_the_row_does_not_say_it() -> None:
    staged = stage("guess_language = true\n" + MAPPING, text="Vente de produits issus du commerce équitable.")
    assert staged.values is not None
    assert "description_fr" in staged.values


def test_a_text_that_is_too_long_is_cut_and_reported() -> None:
    staged = stage(text="x" * 10_001)
    assert staged.values is not None
    assert len(str(staged.values["description_en"])) == 10_000
    assert [problem.code for problem in staged.problems] == ["long-text"]


def test_equal_rows_have_equal_digests_whatever_their_line() -> None:
    assert stage(town="Gent").digest == stage(town=" Gent ").digest
    assert stage(town="Gent").digest != stage(town="Gand").digest


def test_a_long_key_is_shortened_and_stays_its_own() -> None:
    one, other = stage(id="x" * 300 + "a").key, stage(id="x" * 300 + "b").key
    assert len(one) == 200
    assert one != other


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("<p>One</p><p>Two<br/>Three</p>", "One\n\nTwo\nThree"),
        ("R&amp;D &lt;b&gt;bold&lt;/b&gt; caf&eacute;", "R&D bold café"),
        ("a < b and c > d", "a < b and c > d"),
        ("One\r\n\r\n\r\n\r\nTwo", "One\n\nTwo"),
        ("<script>alert(1)</script>Kept<style>p{}</style>", "Kept"),
        ("d\x92une\xa0ann\xe9e", "d’une année"),
        ("soft\u00adhyphen\ufeff", "softhyphen"),
        ("NUL\0 and bell\x07", "NUL and bell"),
        ("COMPANY IN CAPITALS", "COMPANY IN CAPITALS"),
    ],
)
def test_texts_lose_their_markup_and_keep_their_paragraphs(markup: str, plain: str) -> None:
    assert plain_text(markup) == plain


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.example.org", "https://www.example.org"),
        ("HTTP://Example.ORG/Shop?a=B", "http://example.org/Shop?a=B"),
        ("example.org/a", "https://example.org/a"),
    ],
)
def test_websites_get_a_scheme_and_a_small_host(typed: str, kept: str) -> None:
    assert website(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["info@example.org", "https://user:secret@example.org", "Mycelium technologies", "javascript://alert(1)",
     "ftp://example.org", "https://[", "http://a.b c.d", "none"],
)  # fmt: skip
def test_what_is_no_web_address_is_not_kept(typed: str) -> None:
    with pytest.raises(Unusable):
        website(typed)


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("9000", "BE", "9000"),
        ("B-9000", "BE", "9000"),
        ("59000", "FR", "59000"),
        ("4381aa", "NL", "4381 AA"),
        ("4381", "NL", "4381"),
        ("me4 4tz", "GB", "ME4 4TZ"),
        ("BN1 1YD,", "GB", "BN1 1YD"),
        ("OX1 1 HP", "GB", "OX1 1HP"),
        ("NE1", "GB", "NE1"),
        ("12 345", "", "12 345"),
    ],
)
def test_postcodes_are_written_as_their_country_does(typed: str, country: str, kept: str) -> None:
    assert postcode(typed, country) == kept


@pytest.mark.parametrize(
    ("typed", "country"), [("9OOO", "BE"), ("0000", "BE"), ("590", "FR"), ("08854", "GB"), ("HX 1YS", "GB")]
)
def test_postcodes_of_another_make_are_not_kept(typed: str, country: str) -> None:
    with pytest.raises(Unusable):
        postcode(typed, country)


def test_british_codes_of_industries_lose_what_only_fills_up() -> None:
    assert [nace_from_sic(code) for code in ("62020", "01500", "47000", "90030")] == [
        "62.02",
        "01.5",
        "47",
        "90.03",
    ]


def test_a_language_is_guessed_from_small_words() -> None:
    assert guess_language("We brew the beer of our town") == "en"
    assert guess_language("Wij brouwen het bier van onze stad") == "nl"
    assert guess_language("Nous brassons la bière de notre ville") == "fr"
    assert guess_language("Acme 3000") == ""


# Whatever the cells

nasty = st.text(
    alphabet=st.one_of(
        st.sampled_from("<>&;/=\"'|\n\r\t\0@:.é\x85\u2028\ud800"), st.characters(), st.sampled_from("ab12")
    ),
    max_size=40,
)
cells = st.dictionaries(st.sampled_from(COLUMNS), nasty)


@settings(max_examples=300, deadline=None)
@given(cells)
def test_staging_never_raises_and_what_it_keeps_fits_a_firm(row: dict[str, str]) -> None:
    staged = stage("guess_language = true\n" + MAPPING, **row)
    for problem in staged.problems:
        assert str(sentence_of(problem.reason.kept())) in str(problem)
    if staged.values is None:
        assert staged.problems
        return
    assert 0 < len(staged.key) <= 200
    assert "\0" not in staged.key
    staged.digest.encode()
    check_fits(staged.values)


def check_fits(kept: Values) -> None:
    """The model takes the values as they are: nothing else will look at them before they are saved."""
    firm = Firm(slug="firm")
    for field, value in kept.items():
        name, _, language = field.rpartition("_")
        if name in TEXTS:
            profile = FirmProfile(language=language, **{name: value})
            profile.clean_fields(exclude=["firm"])
        elif field not in ("region", "sectors", "capabilities", "serves"):
            setattr(firm, field, value)
    try:
        firm.clean_fields(exclude=["region", "logo", *(set(SEVERAL) - set(kept))])
    except ValidationError as error:
        raise AssertionError(error.message_dict) from error


@settings(max_examples=300, deadline=None)
@given(nasty)
def test_cleaning_twice_changes_nothing_more_than_once_does_to_a_line(text: str) -> None:
    line = one_line(text)
    assert "\n" not in line
    assert line == line.strip()
    assert not any(0xD800 <= ord(char) < 0xE000 or ord(char) < 32 for char in line)
