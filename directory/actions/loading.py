"""Owns loading the two vocabularies that ship with the register; terms that are there already stay."""

from pathlib import Path

from directory.models import Capability, Sector
from hub.actions import Action
from hub.actions.ground import shipped
from hub.languages import LANGUAGES

VOCABULARIES = Path(__file__).parents[1] / "vocabularies"


class LoadVocabulariesAction(Action):
    """Adds the shipped sectors and capabilities that are missing."""

    def execute(self) -> int:
        return sum(
            self._load(model, VOCABULARIES / file, kind)
            for model, file, kind in (
                (Sector, "sectors.toml", "sector"),
                (Capability, "capabilities.toml", "capability"),
            )
        )

    def _load(self, model: type[Sector] | type[Capability], path: Path, kind: str) -> int:
        known = set(model.objects.values_list("slug", flat=True))
        missing = [row for row in shipped(path, kind) if row["slug"] not in known]
        model.objects.bulk_create(
            model(
                slug=row["slug"],
                name=row["en"],
                name_fr=row["fr"],
                name_nl=row["nl"],
                **{f"also_{language}": row[f"also_{language}"] for language in LANGUAGES},
            )
            for row in missing
        )
        return len(missing)
