"""Owns the proof that a mapping says all that is wrong with it at once, and that ours are right."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.importing.known import Known
from directory.importing.mapping import ImportMapping, MappingRefused, read_mapping

from .builders import ROOT
from .importing import KNOWN, MAPPING

pytestmark = pytest.mark.pure


def reasons(text: str) -> tuple[str, ...]:
    with pytest.raises(MappingRefused) as refused:
        read_mapping(text, KNOWN)
    return tuple(str(reason) for reason in refused.value.reasons)


def test_a_mapping_says_which_column_fills_which_field() -> None:
    mapping = read_mapping(MAPPING, KNOWN)
    assert mapping.source == "chamber"
    assert mapping.key == ("id",)
    assert mapping.fields["region"].columns == ("nuts", "country")
    assert mapping.tags[0].means["brewery"].capabilities == ("brewing",)


def test_labels_and_short_names_of_terms_are_both_understood() -> None:
    text = MAPPING.replace('sectors = ["food-drink"]', 'sectors = ["Food & Drink"]').replace(
        '["brewing"]', '["Brouwen"]'
    )
    meaning = read_mapping(text, KNOWN).tags[0].means["brewery"]
    assert (meaning.sectors, meaning.capabilities) == (("food-drink",), ("brewing",))


def test_everything_that_is_wrong_is_said_at_once() -> None:
    told = reasons(
        """
        colour = "red"
        [source]
        [key]
        columns = []
        [fields]
        adress = "street"
        town = 3
        [values.region]
        XX = "atlantis"
        [values.size]
        big = "huge"
        [defaults]
        kind = "empire"
        sectors = "food-drink"
        [[tags]]
        column = "tags"
        [tags.means]
        beer = { sectors = ["beer"], capabilities = ["drinking"], mood = "good" }
        """
    )
    for part in (
        "colour: a mapping has no such table",
        "fields.adress: a firm has no such field",
        "fields.town",
        'values.region."XX": atlantis',
        "huge is not among the known values of size (large, medium, micro, small)",
        "defaults.kind: empire",
        "defaults.sectors: this cannot have a default",
        '"beer": beer is not among the known values of sectors',
        "drinking is not among the known values of capabilities",
        "a tag cannot fill mood",
        "source: say `name`",
        "key.columns: name the column",
        "fields: say which column is the `name`",
    ):
        assert any(part in reason for reason in told), part


def test_what_is_no_toml_is_refused() -> None:
    assert "no TOML" in reasons("[fields")[0]


def test_a_mapping_knows_which_columns_a_file_lacks() -> None:
    mapping = read_mapping(MAPPING, KNOWN)
    assert mapping.missing(
        ["ID", " Firm ", "nuts", "country", "town", "postcode", "website", "since", "text"]
    ) == [
        "language",
        "tags",
    ]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_reading_a_mapping_raises_nothing_but_its_refusal(text: str) -> None:
    try:
        read_mapping(text, KNOWN)
    except MappingRefused as refusal:
        assert refusal.reasons


toml_values = st.recursive(
    st.sampled_from(['"x"', '""', "1", "true", "[]", '["x"]', "1979-05-27", "[[1]]"]),
    lambda inner: st.lists(inner, max_size=2).map(
        lambda values: "{ " + ", ".join(f"k{at} = {value}" for at, value in enumerate(values)) + " }"
    ),
    max_leaves=4,
)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["source", "key", "fields", "values", "defaults", "tags"]), toml_values)
)
def test_tables_of_the_wrong_shape_are_refused_in_words(tables: dict[str, str]) -> None:
    with pytest.raises(MappingRefused):
        read_mapping("\n".join(f"{name} = {value}" for name, value in tables.items()), KNOWN)


def shipped_terms() -> Known:
    folder = ROOT / "directory/vocabularies"
    slugs = {
        kind: [row["slug"] for row in tomllib.loads((folder / file).read_text(encoding="utf-8"))[kind]]
        for kind, file in (("sector", "sectors.toml"), ("capability", "capabilities.toml"))
    }
    regions = tomllib.loads((ROOT / "hub/regions.toml").read_text(encoding="utf-8"))["region"]
    return Known(
        regions={
            code.casefold(): row["slug"] for row in regions for code in (row["code"], *row["other_codes"])
        },
        countries={},
        sectors={slug: slug for slug in slugs["sector"]},
        capabilities={slug: slug for slug in slugs["capability"]},
    )


@pytest.mark.parametrize(
    "path", sorted((ROOT / "directory/mappings").glob("*.toml")), ids=lambda path: path.name
)
def test_every_shipped_mapping_names_only_what_exists(path: Path) -> None:
    assert isinstance(read_mapping(path.read_text(encoding="utf-8"), shipped_terms()), ImportMapping)
