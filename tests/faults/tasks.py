"""Owns what the processes of these tests do, each to its end or until it is killed.

Their imports stand inside: a process is told its database before it loads a model.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from .processes import Caller

FIRMS = 8
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
CLUSTER = "food-drink"
# A firm without its memory of the row, its revision or its place in the log would be half an import.
HALF_IMPORTED = """
SELECT count(*) FROM directory_firm f
LEFT JOIN directory_importedrow r ON r.firm_id = f.id
WHERE f.source = 'chamber' AND (
  r.id IS NULL OR f.live_revision_id IS NULL OR f.latest_revision_id != f.live_revision_id
  OR (SELECT count(*) FROM directory_firmsector s WHERE s.content_object_id = f.id) != 1
  OR (SELECT count(*) FROM wagtailcore_modellogentry l
      WHERE l.object_id = CAST(f.id AS varchar(255)) AND l.action = 'wagtail.publish') != 1)
"""


def prepare(caller: Caller) -> list[int]:
    """Fills migrated tables with a hub with a few published firms; their keys."""
    from django.core.management import call_command

    from directory.models import Firm
    from tests.directory.builders import make_firm

    call_command("setup_hub", verbosity=0)
    for number in range(FIRMS):
        make_firm(f"Firm {number}", texts={"en": "We bake."}, capabilities=["welding"], published=True)
    return list(Firm.objects.order_by("pk").values_list("pk", flat=True))


def publish(caller: Caller, firms: Sequence[int], word: str) -> None:
    """Publishes firms with a new text; says of each that it stands."""
    from directory.models import Firm

    for pk in firms:
        firm = Firm.objects.get(pk=pk)
        [profile] = firm.profiles.all()
        profile.description = f"We {word}."
        firm.profiles.set([profile])
        firm.save_revision().publish()
        caller.say(pk)


def withdraw(caller: Caller, firms: Sequence[int]) -> None:
    """Unpublishes firms; says of each that it is gone."""
    from directory.models import Firm

    for pk in firms:
        Firm.objects.get(pk=pk).unpublish()
        caller.say(pk)


def join(caller: Caller, firms: Sequence[int]) -> None:
    """Makes firms members of a cluster."""
    from directory.actions.membership import JoinClusterAction
    from directory.models import Firm
    from hub.actions import SYSTEM
    from hub.models import Cluster

    cluster = Cluster.objects.get(slug=CLUSTER)
    for firm in Firm.objects.filter(pk__in=firms).order_by("-pk"):
        JoinClusterAction(firm=firm, cluster=cluster, from_date=date(2019, 3, 1), actor=SYSTEM, now=NOW).run()


def rename(caller: Caller, names: Sequence[str]) -> None:
    """Gives the capability that all firms have one name after the other, as the admin does."""
    from django.db import transaction

    from directory.models import Capability

    for name in names:
        with transaction.atomic():
            capability = Capability.objects.get(slug="welding")
            capability.name = name
            capability.save()
        caller.say(name)


def mark_all(caller: Caller, word: str) -> None:
    """Changes every text behind the index's back and marks its firm, as a process does that dies at once."""
    from django.db import transaction

    from directory.models import FirmProfile
    from directory.models.firm import FIRMS
    from search.marks import note

    with transaction.atomic():
        FirmProfile.objects.update(description=f"We {word}.")
        note(FIRMS, FirmProfile.objects.values_list("firm", flat=True))


def drain(caller: Caller) -> int:
    """Brings the index up to date with what is marked."""
    from directory.models.firm import FIRMS
    from search import pending

    return pending.drain(FIRMS)


def rebuild(caller: Caller) -> None:
    """Builds the index anew."""
    from directory.models.firm import FIRMS
    from search import rebuild

    rebuild.rebuild(FIRMS)


def import_file(caller: Caller, content: bytes, mapping: str) -> dict[str, int]:
    """Imports a file; how many rows came out how."""
    from directory.importing.brought import Brought
    from directory.importing.running import import_firms
    from hub.actions import SYSTEM

    report = import_firms(brought=Brought(content, "a.csv", mapping, "a.toml"), actor=SYSTEM, now=NOW)
    return report.counts()


def half_imported(caller: Caller) -> int:
    """How many firms an import has left half done."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(HALF_IMPORTED)
        return int(cursor.fetchone()[0])


def differences(caller: Caller) -> list[str]:
    """Where the index is not as the database says, marks and rubbish included; nothing if it is."""
    from directory.models.firm import FIRMS
    from search import registry
    from search.backends import checking
    from search.models import PendingChange

    search = registry.get(FIRMS)
    found = checking.differences(FIRMS, search.facets, search)
    wrong = [str(found)] if found else []
    return wrong + [str(mark) for mark in PendingChange.objects.all()]


def generations(caller: Caller) -> int:
    """How many generations have rows, the one that answers among them."""
    from search.models import Content, Document, Posting

    kept = [set(rows.objects.values_list("generation", flat=True)) for rows in (Posting, Document, Content)]
    return len(set().union(*kept))


def found(caller: Caller, text: str) -> set[int]:
    """The keys of the firms that a search finds."""
    from directory.models.firm import FIRMS
    from search import registry
    from search.state import SearchState

    return {hit.key for hit in registry.get(FIRMS).search(SearchState(text=text)).hits}


def counted(caller: Caller, facet: str, value: str) -> int:
    """How many firms have a value of a facet."""
    from directory.models.firm import FIRMS
    from search import registry
    from search.state import SearchState

    return registry.get(FIRMS).search(SearchState()).counts.get(facet, {}).get(value, 0)


def read_on(caller: Caller) -> None:
    """A web process: says which firms the page of each search it is told links to, until told nothing."""
    from django.test import Client

    browser = Client()
    while text := caller.hear():
        page = browser.get("/en/firms/", {"q": text}, follow=True).content.decode()
        caller.say(set(re.findall(r'href="/en/firms/(firm-\d+)/', page)))
