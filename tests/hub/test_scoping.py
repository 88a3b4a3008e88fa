"""Owns that no view is built of which nobody said what it does with the thing."""

import pytest
from wagtail.snippets.views.snippets import SnippetViewSet

from directory.viewsets import FirmViewSet
from hub.scoping import DOES, UnknownView, does


@pytest.mark.pure
def test_every_view_of_a_viewset_is_known_to_the_guard() -> None:
    classes = [name for name in dir(SnippetViewSet) if name.endswith("_view_class")]
    known = [getattr(FirmViewSet, name) for name in classes if isinstance(getattr(FirmViewSet, name), type)]

    assert {does(each) for each in known} <= {action for _view, action in DOES}
    with pytest.raises(UnknownView):
        does(object)
