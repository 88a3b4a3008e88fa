"""Owns the generated register: any number of firms, the same every time, with words of known frequency."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

import numpy as np
from django.db import connection, transaction

from directory.models import (
    Capability,
    Confirmation,
    Exchange,
    Firm,
    FirmCapability,
    FirmProfile,
    FirmSector,
    Kind,
    Membership,
    Sector,
    Size,
    SpokenLanguage,
)
from hub.models import Cluster, Region

WORDS = 150
TAGLINE_WORDS = 10
TAGLINE_CHARACTERS = 160
VOCABULARY = 20_000
LANGUAGES = ("en", "fr", "nl")
# Word -> share of the firms whose text holds it.
PLANTED = {"gyroscope": 0.001, "harbour": 0.09, "quality": 0.29, "assured": 0.10, "mechatronics": 0.02}
# Two words that stand side by side in this share of the texts.
NEIGHBOURS, NEIGHBOURLY = ("quality", "assured"), 0.01
TOWNS = (
    "Gent",
    "Kortrijk",
    "Brugge",
    "Lille",
    "Dunkerque",
    "Canterbury",
    "Maidstone",
    "Middelburg",
    "Vlissingen",
)
NAME_ENDINGS = ("Works", "Atelier", "Studio", "Group", "Makers", "Systems", "Foods", "Lab")
BATCH = 1_000
_SYLLABLES = {
    "en": ("ber", "ing", "ton", "wick", "ley", "mar", "shire", "wood", "hol", "den", "ster", "ford"),
    "fr": ("eau", "elle", "oir", "ville", "mont", "ier", "eux", "cha", "tre", "lan", "gne", "ière"),
    "nl": ("ijk", "uis", "berg", "oek", "heid", "sche", "aar", "dijk", "loo", "veld", "oor", "ema"),
}


@cache
def vocabulary(language: str) -> list[str]:
    """20,000 made-up words of a language, the most frequent first."""
    rng = np.random.default_rng(LANGUAGES.index(language))
    syllables = _SYLLABLES[language]
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        picked = rng.integers(0, len(syllables), size=rng.integers(2, 6))
        words["".join(syllables[index] for index in picked)] = None
    return list(words)


@cache
def _zipf() -> np.ndarray:
    weights = 1.0 / (np.arange(VOCABULARY) + 10.0)
    return np.cumsum(weights / weights.sum())


@dataclass(frozen=True, slots=True)
class Generated:
    """One firm with what stands beside it."""

    firm: Firm
    profile: FirmProfile
    sectors: tuple[int, ...]
    capabilities: tuple[int, ...]
    cluster: int | None
    serves: int | None
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ground:
    """The primary keys that generated firms refer to."""

    regions: list[int]
    sectors: list[int]
    capabilities: list[int]
    clusters: list[int]

    @classmethod
    def load(cls) -> "Ground":
        """Reads what `setup_hub` has loaded."""
        leaves = Region.objects.filter(children=None)
        return cls(
            *(
                list(rows.order_by("pk").values_list("pk", flat=True))
                for rows in (leaves, Sector.objects.all(), Capability.objects.all(), Cluster.objects.all())
            )
        )


def generate(size: int, ground: Ground) -> Iterator[Generated]:
    """`size` firms; a larger register begins with the firms of a smaller one."""
    for number in range(size):
        rng = np.random.default_rng([7, number])
        language = LANGUAGES[int(rng.integers(0, 3))]
        words = vocabulary(language)
        text = [words[at] for at in np.searchsorted(_zipf(), rng.random(WORDS))]
        for word, share in PLANTED.items():
            if rng.random() < share:
                text[int(rng.integers(0, WORDS))] = word
        if rng.random() < NEIGHBOURLY:
            place = int(rng.integers(WORDS // 2, WORDS - 1))
            text[place : place + 2] = NEIGHBOURS
        yield _firm(number, rng, language, words, text, ground)


def _firm(
    number: int, rng: np.random.Generator, language: str, words: list[str], text: list[str], ground: Ground
) -> Generated:
    ending = NAME_ENDINGS[int(rng.integers(0, len(NAME_ENDINGS)))]
    first, second = words[int(rng.integers(0, VOCABULARY))], words[int(rng.integers(0, 4_000))]
    name = f"{first.title()} {second.title()} {ending}"

    def some(of: list[int], most: int) -> tuple[int, ...]:
        # The first of a list are taken more often than the last, as in a real register.
        return tuple(
            {of[int(len(of) * float(rng.random()) ** 2)] for _ in range(int(rng.integers(1, most + 1)))}
        )

    def chosen(of: list[str], most: int) -> list[str]:
        return [str(value) for value in rng.choice(of, size=int(rng.integers(0, most + 1)), replace=False)]

    firm = Firm(
        slug=f"firm-{number}", name=name, kind=Kind.values[int(len(Kind.values) * float(rng.random()) ** 3)],
        region_id=some(ground.regions, 1)[0], town=TOWNS[int(rng.integers(0, len(TOWNS)))],
        size=Size.values[int(rng.integers(0, 4))], languages=chosen(SpokenLanguage.values, 3),
        offers=chosen(Exchange.values, 3), looks_for=chosen(Exchange.values, 3), source="bench",
        import_key=str(number), live=True, has_unpublished_changes=False,
    )  # fmt: skip
    half = TAGLINE_WORDS
    while len(" ".join(text[:half])) > TAGLINE_CHARACTERS:
        half -= 1
    return Generated(
        firm=firm,
        profile=FirmProfile(
            language=language, tagline=" ".join(text[:half]), description=" ".join(text[half:])
        ),
        sectors=some(ground.sectors, 2),
        capabilities=some(ground.capabilities, 4),
        cluster=some(ground.clusters, 1)[0] if rng.random() < 0.6 else None,
        serves=some(ground.regions, 1)[0] if rng.random() < 0.3 else None,
        confirmed_at=datetime(2026, 1, 1 + number % 28, tzinfo=UTC) if rng.random() < 0.6 else None,
    )


def fill(size: int) -> None:
    """Writes `size` generated firms into an empty register, past every action: only a benchmark may."""
    batch: list[Generated] = []
    for generated in generate(size, Ground.load()):
        batch.append(generated)
        if len(batch) == BATCH:
            _write(batch)
            batch = []
    _write(batch)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@transaction.atomic
def _write(batch: list[Generated]) -> None:
    Firm.objects.bulk_create([each.firm for each in batch])
    for each in batch:
        each.profile.firm_id = each.firm.pk
    FirmProfile.objects.bulk_create([each.profile for each in batch])
    FirmSector.objects.bulk_create(
        FirmSector(tag_id=tag, content_object_id=each.firm.pk) for each in batch for tag in each.sectors
    )
    FirmCapability.objects.bulk_create(
        FirmCapability(tag_id=tag, content_object_id=each.firm.pk)
        for each in batch
        for tag in each.capabilities
    )
    Membership.objects.bulk_create(
        Membership(firm_id=each.firm.pk, cluster_id=each.cluster, from_date=date(2019, 1, 1))
        for each in batch
        if each.cluster
    )
    through = Firm.serves.through
    through.objects.bulk_create(
        through(firm_id=each.firm.pk, region_id=each.serves) for each in batch if each.serves
    )
    Confirmation.objects.bulk_create(
        Confirmation(firm_id=each.firm.pk, at=each.confirmed_at) for each in batch if each.confirmed_at
    )
