"""Owns the rules of what is about no region's things: public site, door, settings, reports, ground."""

from tests.access.issue_table import Verb
from tests.access.rule import Anywhere, Level, Rule, rules
from tests.access.things import Thing

ONLINE = frozenset({"live", "in workflow", "locked"})
PUBLIC = [
    *rules("", "healthz readyz home robots sitemap_index sitemap", Level.ANYBODY, shows=False),
    *rules(
        "cluster_pages:", "page search contact contacted", Level.ANYBODY, shows=False, query={"q": "Zephyr"}
    ),
    *rules("hub-api:", "api-root openapi-json docs nothing-here", Level.ANYBODY),
    *rules("hub-api:", "firms sector_list capability_list cluster_list region_list", Level.ANYBODY),
    *rules("hub-api:", "firm", Level.ANYBODY, names=("firm",), shows=False),
    *rules("directory:", "firms suggest export", Level.ANYBODY, query={"q": "Zephyr"}),
    *rules("directory:", "firm write written propose join", Level.ANYBODY, names=("firm",), shows=False),
    *rules(
        "directory:", "proposal_status list_firm tell_more your_firm remove_firm still_right", Level.ANYBODY
    ),
    *rules("", "wagtail_serve", Level.ANYBODY, names=("page",), shows=False),
    *rules("", "hub_invitation", Level.ANYBODY),
    *rules("wagtailcore_", "login authenticate_with_password", Level.ANYBODY),
    *rules("wagtaildocs_", "serve", Level.ANYBODY, names=("document",), shows=False),
    *rules("wagtaildocs_", "authenticate_with_password", Level.ANYBODY),
]
DOOR = [
    *rules(
        "wagtailadmin_",
        "login logout password_reset password_reset_done password_reset_confirm password_reset_complete"
        " javascript_catalog sprite",
        Level.ANYBODY,
    )
]
STAFF = [
    *rules("wagtailadmin_", "home account", Level.STAFF),
    *rules("wagtailadmin_", "tag_autocomplete tag_model_autocomplete", Level.STAFF, shows=False),
    *rules("wagtailadmin_", "block_preview dismissibles", Level.STAFF, shows=False),
    *rules("wagtailadmin_editing_sessions:", "release", Level.STAFF, looks=False),
    *rules("wagtailadmin_editing_sessions:", "ping", Verb.EDIT, names=("page", "firm"), looks=False),
    *rules("", "wagtailembeds:chooser wagtailembeds:chooser_upload", Level.STAFF),
    *rules("", "wagtail_modeladmin:javascript_catalog", Level.STAFF),
    # Every snippet of ours has its place in the menu, so this list is empty.
    *rules("wagtailsnippets:", "index", Level.STAFF, opens=False),
]
REPORTS = [
    *rules(
        "wagtailadmin_reports:", "locked_pages locked_pages_results", Anywhere(Verb.PUBLISH, in_clusters=True)
    ),
    *rules(
        "wagtailadmin_reports:",
        "workflow workflow_results workflow_tasks workflow_tasks_results",
        Anywhere(Verb.SEE, in_clusters=True),
        lists=("firm", "page"),
    ),
    *rules("wagtailadmin_reports:", "site_history site_history_results", Level.STAFF),
    *rules("wagtailadmin_reports:", "aging_pages aging_pages_results", Anywhere(Verb.SEE, in_clusters=True)),
    *rules(
        "wagtailadmin_reports:",
        "page_types_usage page_types_usage_results",
        Anywhere(Verb.SEE, in_clusters=True),
    ),
]


def _nothing(thing: Thing) -> dict[str, str]:
    return {}


def _every(prefix: str, names: str, kind: str, verb: Verb = Verb.GROUND) -> list[Rule]:
    """The screens of a setting: its list, and one row of it."""
    return list(rules(prefix, names, verb, names=(kind,), shows=False))


def _choosers(model: str, kind: str) -> list[Rule]:
    """Choosing a row of the ground or of a vocabulary; forms offer them in fields of their own."""
    names = "choose choose_results chosen chosen_multiple create"
    return list(rules(f"wagtailsnippetchoosers_{model}:", names, Verb.GROUND, names=(kind,), opens=False))


SNIPPET = "list list_results add edit delete usage history history_results"
VIEWSET = "index index_results add edit delete usage history history_results"
GROUND = [
    *_every("wagtailsnippets_hub_region:", SNIPPET, "region"),
    *_every("wagtailsnippets_hub_cluster:", f"{SNIPPET} state", "cluster"),
    *_every("wagtailsnippets_directory_sector:", SNIPPET, "sector"),
    *_every("wagtailsnippets_directory_capability:", SNIPPET, "capability"),
    *_every("wagtailsites:", f"{VIEWSET} copy", "site"),
    *_every("wagtailusers_users:", f"{VIEWSET} copy", "user"),
    *_every("wagtailusers_groups:", VIEWSET, "group"),
    *_every("wagtaillocales:", VIEWSET.replace("add ", ""), "locale"),
    # The site has all its languages, so there is none to add.
    *rules("wagtaillocales:", "add", Verb.GROUND, opens=False),
    *_every("wagtailredirects:", "index index_results add edit delete start_import", "redirect"),
    *rules("wagtailredirects:", "process_import", Verb.GROUND, opens=False),
    *_choosers("hub_region", "region"),
    *_choosers("hub_cluster", "cluster"),
    *_choosers("directory_sector", "sector"),
    *_choosers("directory_capability", "capability"),
    # Collections hold what the coordinator's rights on images and documents are about.
    *_every("wagtailadmin_collections:", "index add edit set_privacy", "collection", Verb.APPOINT),
    *_every("wagtailadmin_collections:", "delete", "collection"),
    *_every(
        "wagtailadmin_workflows:", "index index_results add disable edit usage usage_results", "workflow"
    ),
    *rules(
        "wagtailadmin_workflows:", "task_index task_index_results select_task_type", Verb.GROUND, shows=False
    ),
    *rules(
        "wagtailadmin_workflows:",
        "task_chooser task_chooser_results task_chooser_create task_chosen",
        # Names of tasks, which say nothing of anybody.
        Level.STAFF,
        names=("task",),
        shows=False,
    ),
    *_every("wagtailadmin_workflows:", "add_task edit_task disable_task", "task"),
    *rules(
        "wagtailadmin_workflows:", "enable_task", Verb.GROUND, names=("task",), looks=False, sends=_nothing
    ),
    *rules(
        "wagtailadmin_workflows:",
        "enable remove",
        Verb.GROUND,
        names=("workflow",),
        looks=False,
        sends=_nothing,
    ),
    *rules("wagtailforms:", "index index_results", Anywhere(Verb.SEE, in_clusters=True)),
    *rules(
        "wagtailforms:",
        "list_submissions list_submissions_results delete_submissions",
        Level.NOBODY,
        names=("page",),
    ),
    Rule("simple_translation:submit_snippet_translation", Level.NOBODY, ("firm",)),
    *rules("", "wagtailadmin_error_test admin/test404/ admin/^.*/$", Level.NOBODY, refuses=False),
]
MAILS = [
    *rules("hub_outgoingmail_modeladmin_", "index", Verb.GROUND, lists=("mail",)),
    *rules("hub_outgoingmail_modeladmin_", "inspect", Verb.GROUND, names=("mail",)),
    *rules("hub_outgoingmail_modeladmin_", "create edit delete", Level.NOBODY),
    *rules(
        "hub_",
        "retry_mail discard_mail",
        Verb.GROUND,
        names=("mail",),
        sends=_nothing,
        works_in=frozenset({"live"}),
    ),
]


def _bulk(
    kind: str, app_label: str, model_name: str, actions: str, verb: Verb, states: frozenset[str] = frozenset()
) -> list[Rule]:
    return [
        Rule(
            "wagtail_bulk_action",
            verb,
            (kind,),
            by_query=True,
            only_states=states,
            parts={"app_label": app_label, "model_name": model_name, "action": action},
            sends=_nothing,
            refuses=False,
            shows=False,
        )
        for action in actions.split()
    ]


BULK = [
    *_bulk("page", "wagtailcore", "page", "publish unpublish", Verb.PUBLISH),
    # Of what no visitor sees, an editor may take away what an editor may change.
    *_bulk("page", "wagtailcore", "page", "delete move", Verb.PUBLISH, ONLINE),
    *_bulk("page", "wagtailcore", "page", "delete move", Verb.EDIT, frozenset({"draft", "unpublished"})),
    *_bulk("firm", "directory", "firm", "delete", Verb.REMOVE),
    *_bulk("image", "hub_site", "hubimage", "delete add_tags add_to_collection", Verb.EDIT),
    *_bulk("document", "hub_site", "hubdocument", "delete add_tags add_to_collection", Verb.EDIT),
    *_bulk("user", "hub_site", "user", "delete set_active_state assign_role", Verb.GROUND),
]
RULES = [*PUBLIC, *DOOR, *STAFF, *REPORTS, *GROUND, *MAILS, *BULK]
