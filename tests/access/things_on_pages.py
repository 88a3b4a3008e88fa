"""Owns the pages, images and documents of the matrix."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page

from cluster_pages.models import HubSectionPage, StandardPage
from tests.access.issue_table import Verb
from tests.access.things import OWNERS, STATES, Thing, World
from tests.access.things_of_the_register import NAME, ONCE_LIVE

PAGE_OWNERS = (*OWNERS, "cluster")


def add_pages(world: World, parents: Mapping[str, Page], workflow: Any, keeper: Any) -> None:
    """A page for each owner and state, below the page that the owner's people may write under."""
    for owner in PAGE_OWNERS:
        for state in STATES:
            thing = world.thing("page", owner, state)
            page = _page(world, thing, parents[owner])
            _bring_into(state, page, workflow, keeper)
            thing.row = page
            _name_the_parts(thing)
    for thing in world.of("page"):
        # Not below itself.
        place = "live" if thing.state == "draft" else "draft"
        thing.parts["destination_id"] = world.one("page", thing.owner, place).row.pk


def _page(world: World, thing: Thing, parent: Page) -> Any:
    before = None if thing.state in ONCE_LIVE - {"unpublished"} else Verb.SEE
    kind: Any = StandardPage if thing.owner in ("none", "cluster") else HubSectionPage
    page = kind(
        title=f"{NAME} {world.word(thing, 'title', before)}",
        slug=f"zephyr-{thing.owner}-{thing.state}".replace(" ", "-").lower(),
        introduction=world.word(thing, "introduction", before),
        locale=parent.locale,
        live=False,
    )
    parent.refresh_from_db()
    parent.add_child(instance=page)
    first = page.save_revision()
    if thing.state in ONCE_LIVE:
        first.publish()
    page = kind.objects.get(pk=page.pk)
    page.title = f"{NAME} {world.word(thing, 'title in the draft', Verb.SEE)}"
    page.introduction = world.word(thing, "introduction in the draft", Verb.SEE)
    thing.parts["revision_id"] = page.save_revision().pk
    return kind.objects.get(pk=page.pk)


def _bring_into(state: str, page: Any, workflow: Any, keeper: Any) -> None:
    if state == "in workflow":
        workflow.start(page, keeper)
    elif state == "locked":
        Page.objects.filter(pk=page.pk).update(locked=True, locked_by=keeper)
    elif state == "unpublished":
        page.unpublish()


def _name_the_parts(thing: Thing) -> None:
    page = thing.row = thing.row.specific_class.objects.get(pk=thing.row.pk)
    state = page.workflow_states.first()
    task = state.current_task_state if state else None
    same = ("page_id", "pk", "object_id", "parent_page_id", "page_to_move_id")
    thing.parts |= dict.fromkeys(same, page.pk) | {
        "revision_id_a": "earliest",
        "revision_id_b": thing.parts["revision_id"],
        "task_state_id": task.pk if task else 0,
        "task_id": task.task_id if task else 0,
        "workflow_state_id": state.pk if state else 0,
        "action_name": "approve",
        "app_label": "cluster_pages",
        "model_name": page._meta.model_name,
        "content_type_app_name": "cluster_pages",
        "content_type_model_name": page._meta.model_name,
        "session_id": 0,
        "path": page.url_path,
    }


def add_files(world: World, collections: Mapping[str, Collection]) -> None:
    """An image and a document in the collection of each owner: choosing and changing is the owner's."""
    for owner, collection in collections.items():
        image = world.thing("image", owner, "live")
        word = world.word(image, "title", Verb.SEE)
        # The name of the file is part of its public address; the title is for those who choose it.
        file = get_test_image_file(filename=f"{owner.replace(' ', '-')}.png")
        image.row = get_image_model().objects.create(
            title=f"{NAME} {word}", file=ImageFile(file, name=file.name), collection=collection
        )
        image.parts = {"pk": image.row.pk, "image_id": image.row.pk, "filter_spec": "width-10"}
        document = world.thing("document", owner, "live")
        word = world.word(document, "title", Verb.SEE)
        document.row = get_document_model().objects.create(
            title=f"{NAME} {word}",
            file=ContentFile(
                world.word(document, "content", Verb.SEE).encode(),
                name=f"{world.word(document, 'file', Verb.SEE)}.txt",
            ),
            collection=collection,
        )
        document.parts = {"pk": document.row.pk, "document_id": document.row.pk, "doc_id": document.row.pk}
