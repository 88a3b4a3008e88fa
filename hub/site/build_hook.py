"""Owns what building a wheel adds to the files in the repository: the compiled translations."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledMessages(BuildHookInterface):
    """Compiles the catalogues, so that a host needs no tools of gettext."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects the files."""
        # The hook is loaded from its file, before the package can be imported.
        sys.path.insert(0, self.root)
        from hub.site.messages import compile_messages

        compile_messages(Path(self.root))
