"""Owns the rules of everything about firms: the register in the admin, proposals, merges, imports."""

from collections.abc import Mapping
from typing import Any

from directory.models import Firm
from hub.days import today
from hub.models import Cluster, Region
from tests.access.issue_table import Verb
from tests.access.roles import OTHER_CLUSTER
from tests.access.rule import Anywhere, Level, Rule, rules
from tests.access.things import Thing

FIRM = "wagtailsnippets_directory_firm:"
CHOOSE = "wagtailsnippetchoosers_directory_firm:"
NOT_HELD = frozenset({"draft", "live", "unpublished"})
ONLY_WAITING = frozenset({"in workflow"})
SHOWN = frozenset({"live", "in workflow"})
LIVE = frozenset({"live"})


def _edited(thing: Thing) -> Mapping[str, Any]:
    form: dict[str, Any] = {
        "name": "Changed",
        "kind": "sme",
        "offers": [],
        "nace_codes": "",
        "language": "en",
    }
    for prefix in ("profiles", "case_studies"):
        form |= {f"{prefix}-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    return form


def _published(thing: Thing) -> Mapping[str, Any]:
    return {**_edited(thing), "action-publish": "1"}


def what_is_public(thing: Thing) -> Any:
    """Of a firm: the row that the site shows, if it shows it. A draft may change beside it."""
    shown = Firm.objects.filter(pk=thing.row.pk, live=True)
    return shown.values_list("name", "live_revision", "region").first()


def _person(thing: Thing) -> Mapping[str, Any]:
    return {"name": "Someone", "role": "", "email": "", "phone": ""}


def _region_top(thing: Thing) -> Mapping[str, Any]:
    # Where none of the firms is, so that it is a move for each.
    return {"region": Region.objects.get(slug="top").pk}


def _other_cluster(thing: Thing) -> Mapping[str, Any]:
    return {"cluster": Cluster.objects.get(slug=OTHER_CLUSTER).pk, "from_date": today()}


def _last_day(thing: Thing) -> Mapping[str, Any]:
    return {"to_date": today()}


def _nothing(thing: Thing) -> Mapping[str, Any]:
    return {}


SEE = [
    *rules(FIRM, "history usage workflow_history", Verb.SEE, names=("firm",)),
    *rules(FIRM, "history_results", Verb.SEE, names=("firm",), shows=False),
    *rules(FIRM, "revisions_view revisions_compare", Verb.SEE, names=("firm",)),
    *rules(FIRM, "workflow_history_detail", Verb.SEE, names=("firm",), only_states=ONLY_WAITING),
    *rules(FIRM, "list list_results", Anywhere(Verb.SEE), lists=("firm",)),
]
EDIT = [
    Rule(FIRM + "edit", Verb.EDIT, ("firm",), sends=_edited, works_in=NOT_HELD),
    Rule(FIRM + "preview_on_edit", Verb.EDIT, ("firm",), sends=_edited, shows=False),
    Rule(FIRM + "revisions_revert", Verb.EDIT, ("firm",), only_states=NOT_HELD),
    # Seen by everybody at once, so it is publishing.
    *rules(FIRM, "confirm", Verb.PUBLISH, names=("firm",), sends=_nothing, works_in=SHOWN),
    *rules(FIRM, "add_contact change_contact", Verb.EDIT, names=("firm",), sends=_person, works_in=NOT_HELD),
    *rules(FIRM, "remove_contact", Verb.EDIT, names=("firm",), sends=_nothing, works_in=NOT_HELD),
]
PUBLISH = [
    Rule(
        FIRM + "edit",
        Verb.EDIT,
        ("firm",),
        sends=_published,
        needs_to_send=Verb.PUBLISH,
        works_in=NOT_HELD,
        keeps=what_is_public,
        looks=False,
    ),
    Rule(FIRM + "unpublish", Verb.PUBLISH, ("firm",), sends=_nothing, works_in=SHOWN, only_states=SHOWN),
    *rules(FIRM, "lock", Verb.PUBLISH, names=("firm",), sends=_nothing, looks=False, works_in=NOT_HELD),
    *rules(
        FIRM,
        "unlock",
        Verb.PUBLISH,
        names=("firm",),
        sends=_nothing,
        looks=False,
        works_in=frozenset({"locked"}),
    ),
    Rule(
        FIRM + "revisions_unschedule",
        Verb.PUBLISH,
        ("firm",),
        sends=_nothing,
        shows=False,
        only_states=NOT_HELD,
    ),
    Rule(
        FIRM + "workflow_action",
        Verb.PUBLISH,
        ("firm",),
        shows=False,
        sends=_nothing,
        works_in=ONLY_WAITING,
        only_states=ONLY_WAITING,
    ),
    Rule(
        FIRM + "collect_workflow_action_data", Verb.PUBLISH, ("firm",), only_states=ONLY_WAITING, shows=False
    ),
    Rule(FIRM + "confirm_workflow_cancellation", Verb.EDIT, ("firm",), only_states=ONLY_WAITING, shows=False),
    Rule(FIRM + "workflow_preview", Verb.PUBLISH, ("firm",), only_states=ONLY_WAITING),
    *rules(
        FIRM,
        "rename",
        Verb.PUBLISH,
        names=("firm",),
        sends=lambda thing: {"slug": "renamed"},
        works_in=NOT_HELD,
    ),
    Rule(FIRM + "join", Verb.PUBLISH, ("firm",), sends=_other_cluster, works_in=NOT_HELD),
    Rule(FIRM + "end_membership", Verb.PUBLISH, ("firm",), sends=_last_day, works_in=NOT_HELD),
    Rule(FIRM + "remove_membership", Verb.PUBLISH, ("firm",), sends=_nothing, works_in=NOT_HELD),
]
OTHERS = [
    Rule(FIRM + "export", Anywhere(Verb.EXPORT)),
    Rule(
        FIRM + "export",
        Anywhere(Verb.EXPORT),
        lists=("firm",),
        sends=lambda thing: {"kind": "csv"},
        looks=False,
    ),
    Rule(FIRM + "add", Anywhere(Verb.ANSWER)),
    Rule(FIRM + "near", Anywhere(Verb.ANSWER), query={"name": "Zephyr"}),
    Rule(FIRM + "preview_on_add", Anywhere(Verb.ANSWER)),
    Rule(FIRM + "mentions", Anywhere(Verb.EDIT), looks=False, sends=_nothing),
    *rules(FIRM, "delete", Verb.REMOVE, names=("firm",), sends=_nothing, works_in=NOT_HELD),
    # Only a question; the answer to it is the next address.
    Rule(FIRM + "merge", Verb.REMOVE, ("firm",), sends=_nothing),
    Rule(FIRM + "merge_with", Verb.REMOVE, ("firm", "twin"), sends=_nothing, works_in=frozenset({"as one"})),
    Rule(FIRM + "unmerge", Verb.REMOVE, ("merge",), sends=_nothing, works_in=frozenset({"live"})),
    # At once, without the other lead: nobody who leads one region only.
    Rule(FIRM + "move", Verb.APPOINT, ("firm",), sends=_region_top, works_in=NOT_HELD),
    *rules(CHOOSE, "choose choose_results", Anywhere(Verb.SEE), lists=("firm",), in_pages=True),
    *rules(CHOOSE, "chosen", Verb.SEE, names=("firm",)),
    *rules(CHOOSE, "chosen_multiple create", Anywhere(Verb.SEE), refuses=False),
]


PROPOSALS = [
    Rule("directory_proposal_modeladmin_index", Anywhere(Verb.ANSWER), lists=("proposal",)),
    *rules("directory_proposal_modeladmin_", "create edit delete", Level.NOBODY),
    Rule("directory_proposals:answer", Verb.ANSWER, ("proposal",)),
    Rule(
        "directory_proposals:return",
        Verb.PUBLISH,
        ("proposal",),
        sends=lambda thing: {"reason": "We asked the firm."},
        works_in=frozenset({"draft", "live", "in workflow", "locked", "unpublished"}),
    ),
]
REGISTERS = [
    *rules("directory_membership_modeladmin_", "index", Anywhere(Verb.SEE), lists=("firm",)),
    *rules("directory_confirmation_modeladmin_", "index", Anywhere(Verb.SEE), lists=("firm",)),
    *rules("directory_membership_modeladmin_", "create edit delete", Level.NOBODY),
    *rules("directory_confirmation_modeladmin_", "create edit delete", Level.NOBODY),
]
IMPORTS = [
    Rule("directory_importrun_modeladmin_index", Anywhere(Verb.REMOVE), lists=("import",)),
    Rule("directory_importrun_modeladmin_create", Anywhere(Verb.REMOVE)),
    *rules("directory_importrun_modeladmin_", "edit delete", Level.NOBODY),
    Rule("directory_imports:upload", Anywhere(Verb.REMOVE)),
    Rule("directory_imports:run", Verb.REMOVE, ("import",)),
    Rule("directory_imports:standing", Verb.REMOVE, ("import",), shows=False),
    Rule("directory_imports:problems", Verb.REMOVE, ("import",)),
    *rules(
        "directory_imports:",
        "commit discard",
        Verb.REMOVE,
        names=("import",),
        looks=False,
        sends=_nothing,
        works_in=frozenset({"draft"}),
    ),
]
TRANSFERS = [
    Rule(
        FIRM + "offer",
        Verb.MOVE,
        ("firm",),
        sends=_region_top,
        works_in=NOT_HELD,
        only_owners=frozenset({"A", "below A", "B"}),
    ),
    # A firm of no region is nobody's to offer: coordinators move it at once.
    Rule(FIRM + "offer", Verb.MOVE, ("firm",), sends=_region_top, only_owners=frozenset({"none"})),
    Rule("directory_firmtransfer_modeladmin_index", Anywhere(Verb.MOVE)),
    *rules("directory_firmtransfer_modeladmin_", "create edit delete", Level.NOBODY),
    Rule("directory_transfers:answer", Verb.MOVE, ("offered to",), sends=_nothing, works_in=LIVE),
    Rule(
        "directory_transfers:decline",
        Verb.MOVE,
        ("offered to",),
        sends=lambda thing: {"reason": "Ours."},
        works_in=LIVE,
    ),
    Rule("directory_transfers:withdraw", Verb.MOVE, ("offered from",), sends=_nothing, works_in=LIVE),
]
RULES = [*TRANSFERS, *SEE, *EDIT, *PUBLISH, *OTHERS, *PROPOSALS, *REGISTERS, *IMPORTS]
