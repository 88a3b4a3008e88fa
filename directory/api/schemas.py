"""Owns what the API says of a firm, field by field: public, and nothing else."""

from datetime import date

from pydantic import Field

from directory.models import Exchange, Kind, Size, SpokenLanguage
from hub.schemas import Answer, LanguageCode, Texts


class Term(Answer):
    """A term of a vocabulary, or a cluster."""

    slug: str = Field(examples=["food-drink"])
    label: Texts


class Place(Answer):
    """A region."""

    slug: str = Field(examples=["kent"])
    name: Texts


class Profile(Answer):
    """A firm's own words in one language; plain text."""

    tagline: str = Field(examples=["Green-hop ales brewed within a mile of the bines"])
    description: str
    offers: str
    looks_for: str


class FirmInList(Answer):
    """A firm as a list of results shows it; descriptions are cut to 2,000 characters."""

    slug: str = Field(examples=["hopshed-lane-brewery"])
    name: str = Field(examples=["Hopshed Lane Brewery"])
    kind: Kind
    town: str = Field(examples=["Faversham"])
    region: Place | None
    sectors: tuple[Term, ...]
    capabilities: tuple[Term, ...]
    texts: dict[LanguageCode, Profile] = Field(
        description="by language; only those in which it says something"
    )
    confirmed: date | None = Field(description="when somebody last said that all this is still right")
    is_demo: bool = Field(description="invented, for the demo")
    found_in: tuple[str, ...] = Field(
        description="where the words of the search stand, best first", examples=[["name", "text"]]
    )
    score: int = Field(description="what the words of the search are worth here; 0 in any other order")
    url: str = Field(description="the page for people", examples=["https://hub.example/en/firms/hopshed/"])
    api_url: str = Field(examples=["https://hub.example/api/hub/v1/firms/hopshed/"])


class FacetValueCount(Answer):
    """A value of a facet, and how many firms have it if the facet's own selection is left aside."""

    value: str = Field(description="what to ask with", examples=["food-drink"])
    label: str = Field(examples=["Food & drink"])
    parent: str | None = Field(description="in a tree, the value above it")
    count: int = Field(examples=[37])
    is_chosen: bool


class FacetCounts(Answer):
    """A facet with every value that some firm has, or that was chosen."""

    name: str = Field(description="the parameter", examples=["sector"])
    label: str = Field(examples=["Sector"])
    values: tuple[FacetValueCount, ...]


class FirmList(Answer):
    """One page of a search, and the exact counts of every facet."""

    total: int = Field(examples=[37])
    page: int = Field(examples=[1])
    pages: int = Field(examples=[2])
    sentence: str = Field(
        description="what is shown, in words", examples=["37 firms in Kent that use brewing"]
    )
    corrected: str = Field(description="other words that find more; empty if there are none")
    url: str = Field(
        description="the same search for people", examples=["https://hub.example/en/firms/?q=beer"]
    )
    previous: str | None = Field(description="the page before")
    next: str | None = Field(
        description="the page after", examples=["https://hub.example/api/hub/v1/firms/?page=2"]
    )
    firms: tuple[FirmInList, ...]
    facets: tuple[FacetCounts, ...]


class PublicPerson(Answer):
    """Somebody to talk to: what the firm made public; the rest is empty."""

    name: str
    role: str
    email: str
    phone: str


class Story(Answer):
    """Work that a firm shows."""

    language: LanguageCode
    title: str
    text: str


class Logo(Answer):
    """The firm's logo."""

    url: str
    width: int
    height: int
    alt: str = Field(description="what it shows, for those who cannot see it")


class FirmAnswer(Answer):
    """Everything public of a firm."""

    slug: str = Field(examples=["hopshed-lane-brewery"])
    name: str = Field(examples=["Hopshed Lane Brewery"])
    trading_name: str
    kind: Kind
    town: str = Field(examples=["Faversham"])
    postcode: str
    region: tuple[Place, ...] = Field(description="the region and all it lies in, from the country down")
    serves: tuple[Place, ...] = Field(description="regions also served")
    website: str = Field(examples=["https://hopshed.example/"])
    email: str = Field(description="the general mail")
    phone: str = Field(description="the general phone")
    number: str = Field(description="VAT or registration number")
    founded: int | None = Field(description="year", examples=[2007])
    size: Size | None
    languages: tuple[SpokenLanguage, ...] = Field(description="languages spoken (ISO 639-1)")
    nace_codes: tuple[str, ...]
    sectors: tuple[Term, ...]
    capabilities: tuple[Term, ...]
    clusters: tuple[Term, ...]
    offers: tuple[Exchange, ...]
    looks_for: tuple[Exchange, ...]
    texts: dict[LanguageCode, Profile] = Field(
        description="by language; only those in which it says something"
    )
    case_studies: tuple[Story, ...]
    people: tuple[PublicPerson, ...]
    logo: Logo | None
    confirmed: date | None = Field(description="when somebody last said that all this is still right")
    is_demo: bool = Field(description="invented, for the demo")
    url: str = Field(description="the page for people", examples=["https://hub.example/en/firms/hopshed/"])
    api_url: str = Field(examples=["https://hub.example/api/hub/v1/firms/hopshed/"])


class TermAnswer(Answer):
    """A term of a closed vocabulary."""

    slug: str = Field(examples=["food-drink"])
    label: Texts
    also: dict[LanguageCode, tuple[str, ...]] = Field(
        description="other words for it, which a search knows too"
    )
    firms: int = Field(description="how many firms have it", examples=[37])
    url: str = Field(description="these firms, for people")
