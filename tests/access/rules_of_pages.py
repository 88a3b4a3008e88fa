"""Owns the rules of pages in the admin: explorer, editor, history, choosers; of images, of documents."""

from collections.abc import Mapping
from typing import Any

from wagtail.models import Page

from tests.access.issue_table import Verb
from tests.access.rule import Anywhere, Level, Rule, rules
from tests.access.rules_of_firms import NOT_HELD, ONLY_WAITING, SHOWN
from tests.access.things import Thing

PAGE = "wagtailadmin_pages:"
CHOOSE = "wagtailadmin_choose_page"
ABOUT = ("page",)
PUBLIC = frozenset({"live", "in workflow", "locked"})
LIVE = frozenset({"live"})
HIDDEN = frozenset({"draft", "unpublished"})


def _nothing(thing: Thing) -> Mapping[str, Any]:
    return {}


def _edited(thing: Thing) -> Mapping[str, Any]:
    body = {f"body-{name}": "0" for name in ("count",)}
    return {
        "title": "Changed",
        "slug": thing.row.slug,
        "introduction": "Changed",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **body,
    }


def _published(thing: Thing) -> Mapping[str, Any]:
    return {**_edited(thing), "action-publish": "1"}


def what_is_public(thing: Thing) -> Any:
    """Of a page: what visitors see of it, if they see it."""
    return Page.objects.filter(pk=thing.row.pk, live=True).values_list("title", "live_revision").first()


SEE = [
    *rules("wagtailadmin_", "explore explore_results", Verb.SEE, names=ABOUT, refuses=False),
    *rules(PAGE, "history history_results workflow_history", Verb.SEE, names=ABOUT, shows=False),
    # It only leads on to the history.
    *rules(PAGE, "revisions_index", Verb.SEE, names=ABOUT, shows=False, refuses=False),
    *rules(PAGE, "usage", Verb.SEE, names=ABOUT),
    *rules(PAGE, "view_draft revisions_view revisions_compare", Verb.SEE, names=ABOUT),
    *rules(PAGE, "workflow_history_detail", Verb.SEE, names=ABOUT, only_states=ONLY_WAITING),
    *rules("wagtailadmin_", "explore_root", Anywhere(Verb.SEE, in_clusters=True)),
    *rules(PAGE, "search search_results", Anywhere(Verb.SEE, in_clusters=True), query={"q": "Zephyr"}),
    *rules(
        PAGE, "type_use type_use_results", Anywhere(Verb.SEE, in_clusters=True), names=("page",), shows=False
    ),
]
EDIT = [
    Rule(PAGE + "edit", Verb.EDIT, ABOUT, sends=_edited, works_in=NOT_HELD),
    Rule(PAGE + "preview_on_edit", Verb.EDIT, ABOUT, sends=_edited, shows=False),
    Rule(PAGE + "revisions_revert", Verb.EDIT, ABOUT, only_states=NOT_HELD),
    *rules(PAGE, "add add_subpage preview_on_add", Verb.EDIT, names=ABOUT, shows=False),
    *rules(PAGE, "choose_parent", Level.STAFF, names=ABOUT, shows=False),
    *rules(PAGE, "copy", Verb.EDIT, names=ABOUT),
    *rules(PAGE, "convert_alias", Verb.EDIT, names=ABOUT, looks=False, sends=_nothing),
]
PUBLISH = [
    Rule(
        PAGE + "edit",
        Verb.EDIT,
        ABOUT,
        sends=_published,
        needs_to_send=Verb.PUBLISH,
        works_in=NOT_HELD,
        keeps=what_is_public,
        looks=False,
    ),
    Rule(PAGE + "unpublish", Verb.PUBLISH, ABOUT, sends=_nothing, works_in=SHOWN, only_states=SHOWN),
    *rules(PAGE, "lock", Verb.PUBLISH, names=ABOUT, sends=_nothing, looks=False, works_in=NOT_HELD),
    *rules(
        PAGE, "unlock", Verb.PUBLISH, names=ABOUT, sends=_nothing, looks=False, works_in=frozenset({"locked"})
    ),
    Rule(
        PAGE + "revisions_unschedule", Verb.PUBLISH, ABOUT, sends=_nothing, shows=False, only_states=NOT_HELD
    ),
    Rule(
        PAGE + "workflow_action",
        Verb.PUBLISH,
        ABOUT,
        sends=_nothing,
        works_in=ONLY_WAITING,
        only_states=ONLY_WAITING,
        looks=False,
    ),
    Rule(PAGE + "collect_workflow_action_data", Verb.PUBLISH, ABOUT, only_states=ONLY_WAITING, shows=False),
    # A question that says nothing of the page; the answer to it is an action of the editor.
    Rule(
        PAGE + "confirm_workflow_cancellation",
        Verb.EDIT,
        ABOUT,
        only_states=ONLY_WAITING,
        shows=False,
        refuses=False,
    ),
    Rule(PAGE + "workflow_preview", Verb.PUBLISH, ABOUT, only_states=ONLY_WAITING),
    # Of what no visitor sees, an editor may take away what an editor may change.
    *rules(PAGE, "delete", Verb.PUBLISH, names=ABOUT, sends=_nothing, works_in=NOT_HELD, only_states=PUBLIC),
    *rules(PAGE, "delete", Verb.EDIT, names=ABOUT, sends=_nothing, works_in=NOT_HELD, only_states=HIDDEN),
    *rules(PAGE, "move move_confirm", Verb.EDIT, names=ABOUT, only_states=HIDDEN),
    # Said in public at once, in the name of those who answer for the hub.
    Rule("cluster_pages_review_hub", Verb.PUBLISH, ("hub",), sends=_nothing, looks=False, works_in=LIVE),
    *rules(PAGE, "set_privacy", Verb.PUBLISH, names=ABOUT, shows=False),
    *rules(PAGE, "move move_confirm", Verb.PUBLISH, names=ABOUT, only_states=PUBLIC),
    *rules(PAGE, "set_page_position", Verb.PUBLISH, names=ABOUT, looks=False, sends=_nothing),
]
CHOOSERS = [
    *rules(CHOOSE, "", Level.STAFF),
    # Through what every visitor sees, everybody may go on to choose.
    *rules(CHOOSE, "_child", Verb.SEE, names=ABOUT, shows=False, only_states=HIDDEN),
    *rules(CHOOSE, "_child", Level.STAFF, names=ABOUT, shows=False, only_states=PUBLIC),
    *rules(CHOOSE, "_search", Level.STAFF, query={"q": "Zephyr"}),
    *rules(CHOOSE, "_chosen_multiple", Verb.SEE, names=ABOUT, by_query=True, shows=False, refuses=False),
    *rules("wagtailadmin_choose_page_", "external_link email_link phone_link anchor_link", Level.STAFF),
    *rules("wagtailadmin_api:pages:", "listing", Level.STAFF),
    *rules("wagtailadmin_api:pages:", "detail", Verb.SEE, names=ABOUT, refuses=False),
    *rules(
        "wagtailadmin_api:pages:", "find", Verb.SEE, refuses=False, names=ABOUT, by_query=True, shows=False
    ),
    *rules(
        "wagtailadmin_api:pages:", "action", Verb.EDIT, names=ABOUT, looks=False, sends=_nothing, shows=False
    ),
    *rules("simple_translation:", "submit_page_translation", Verb.EDIT, names=ABOUT),
    *rules("cluster_pages_", "translate", Verb.EDIT, names=ABOUT),
]
IMAGES = [
    *rules("wagtailimages:", "index index_results", Anywhere(Verb.SEE), lists=("image",)),
    *rules("wagtailimages:", "edit image_usage", Verb.EDIT, names=("image",)),
    *rules(
        "wagtailimages:", "delete", Verb.EDIT, names=("image",), sends=_nothing, works_in=frozenset({"live"})
    ),
    *rules("wagtailimages:", "url_generator", Level.NOBODY, names=("image",)),
    # Made by an address of their own, which this site does not have.
    *rules("wagtailimages:", "url_generator_output", Level.NOBODY, names=("image",)),
    *rules("wagtailimages:", "preview", Verb.EDIT, names=("image",), shows=False),
    *rules("wagtailimages:", "add add_multiple", Anywhere(Verb.EDIT)),
    *rules(
        "wagtailimages:",
        "edit_multiple delete_multiple",
        Verb.EDIT,
        names=("image",),
        looks=False,
        sends=_nothing,
    ),
    *rules(
        "wagtailimages:",
        "create_multiple_from_uploaded_image delete_upload_multiple",
        Anywhere(Verb.EDIT),
        looks=False,
        sends=_nothing,
    ),
    *rules("wagtailimages_chooser:", "choose choose_results", Level.STAFF, lists=("image",)),
    *rules("wagtailimages_chooser:", "chosen select_format", Verb.SEE, names=("image",)),
    *rules("wagtailimages_chooser:", "chosen_multiple create", Anywhere(Verb.SEE), refuses=False),
    *rules("wagtailadmin_api:images:", "listing", Level.STAFF, lists=("image",)),
    *rules("wagtailadmin_api:images:", "detail", Verb.SEE, names=("image",), refuses=False),
    *rules("wagtailadmin_api:images:", "find", Level.STAFF, shows=False),
]
DOCUMENTS = [
    *rules("wagtaildocs:", "index index_results", Anywhere(Verb.SEE), lists=("document",)),
    *rules("wagtaildocs:", "edit document_usage", Verb.EDIT, names=("document",)),
    *rules(
        "wagtaildocs:", "delete", Verb.EDIT, names=("document",), sends=_nothing, works_in=frozenset({"live"})
    ),
    *rules("wagtaildocs:", "add add_multiple", Anywhere(Verb.EDIT)),
    *rules(
        "wagtaildocs:",
        "edit_multiple delete_multiple",
        Verb.EDIT,
        names=("document",),
        looks=False,
        sends=_nothing,
    ),
    *rules(
        "wagtaildocs:",
        "create_multiple_from_uploaded_document delete_upload_multiple",
        Anywhere(Verb.EDIT),
        looks=False,
        sends=_nothing,
    ),
    *rules("wagtaildocs_chooser:", "choose choose_results", Level.STAFF, lists=("document",)),
    *rules("wagtaildocs_chooser:", "chosen", Verb.SEE, names=("document",)),
    *rules("wagtaildocs_chooser:", "chosen_multiple create", Anywhere(Verb.SEE), refuses=False),
    *rules("wagtailadmin_api:documents:", "listing", Level.STAFF, lists=("document",)),
    *rules("wagtailadmin_api:documents:", "detail", Verb.SEE, names=("document",), refuses=False),
    *rules("wagtailadmin_api:documents:", "find", Level.STAFF, shows=False),
]
RULES = [*SEE, *EDIT, *PUBLISH, *CHOOSERS, *IMAGES, *DOCUMENTS]
