"""Owns the proof that a web server which gives the whole media folder to everybody tells nothing private."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from tests.access.things import OWNERS, World
from tests.access.things_on_pages import add_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """An image and a document in a collection of each owner."""
    made, root = World(), Collection.get_first_root_node()
    add_files(made, {owner: root.add_child(name=owner) for owner in OWNERS})
    return made


def given_away() -> Iterator[tuple[Path, bytes]]:
    """Every file that the web server would serve, however somebody came to know its name."""
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if path.is_file():
            yield path, path.read_bytes()


def test_no_document_is_among_what_the_web_server_serves(world: World) -> None:
    found = [world.told(f"{path} {content.decode(errors='replace')}") for path, content in given_away()]

    assert len(found) >= len(OWNERS)  # the images, at least
    assert not any(found)
    assert all(each.row.file.read() for each in world.of("document"))


def test_a_document_has_no_address_but_that_at_which_the_hub_asks(world: World) -> None:
    for each in world.of("document"):
        assert each.row.url.startswith("/documents/")
        with pytest.raises(NotImplementedError):
            _ = each.row.file.url


def test_an_image_cannot_be_guessed_from_the_name_under_which_it_came(world: World) -> None:
    one = world.one("image", "A", "live").row
    same = get_image_model().objects.create(title="The same", file=get_test_image_file(filename="A.png"))
    places = {
        Path(file.name) for each in (one, same) for file in (each.file, each.get_rendition("width-10").file)
    }

    assert {path.parent.name for path in places} == {"original_images", "images"}
    assert len({path.name[:16] for path in places}) == 2
    assert all(int(path.name[:16], 16) for path in places)
