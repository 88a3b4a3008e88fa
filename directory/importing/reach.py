"""Owns how far an import reaches: the regions of whoever brought the file, and why others' rows stay out."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from directory.sentences import Sentence, joined
from directory.sentences import Sentence as _
from hub.actions import Actor, System
from hub.models import Region
from hub.permissions import in_sight, regions_for
from hub.rights import Right


@dataclass(frozen=True, slots=True)
class Reach:
    """Regions by key and by short name; without any, everywhere. `sight` are the firms that may be named."""

    regions: Mapping[int | None, str] | None = None
    sight: Q | None = None

    @classmethod
    def of(cls, actor: Actor) -> "Reach":
        """How far this person's rights reach now; the hub itself, and coordinators, import everything."""
        if isinstance(actor, System):
            return cls()
        pks = regions_for(actor, Right.REMOVE)
        if pks is None:
            return cls()
        slugs = Region.objects.filter(pk__in=list(pks)).values_list("pk", "slug")
        return cls(dict(slugs), in_sight(actor))

    def leaves_out(self, values: Mapping[str, object], *, is_there: bool, region: int | None) -> str:
        """Why a row is left out, as a code of `Report`; empty if it is not.

        `region` is that of the firm that the row is about, where it `is_there` already.
        """
        if self.regions is None:
            return ""
        if is_there and region not in self.regions:
            return "not-yours"
        if not values.get("region"):
            return "nowhere"
        return "" if values["region"] in self.regions.values() else "elsewhere"


def in_full(code: str) -> Sentence:
    """Why the row is left out, for whoever brought the file."""
    reasons = {
        "elsewhere": _("The row lies in a region that is not yours. Its lead can import it."),
        "not-yours": _("The row is about a firm that belongs to another region. Its lead can import it."),
        "nowhere": _("The row names no region that we know. Only the coordinator can import it."),
    }
    return joined((reasons[code], _("The row was left out.")))
