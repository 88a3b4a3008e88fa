"""Owns the pages that whole modules of these tests read: the few that ship, in three languages."""

from tests.cluster_pages.builders import make_site
from tests.once import made_once

# Making them takes a second.
made_site = made_once(make_site)
