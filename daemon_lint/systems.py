"""Which modules belong to one system of daemons, in a project that may hold several.

Modules belong together that are imported from one folder, and folders whose modules import each
other. The package of the strict base connects nobody.
"""

from __future__ import annotations

import os

from daemon_lint.linking import Linker
from daemon_lint.summary import ModuleSummary


class Systems:
    """The systems of a project, each named after one of its folders."""

    def __init__(self, linker: Linker) -> None:
        self._same: dict[str, str] = {}
        bases = {name.partition(".")[0] for name in linker.profile.bases}
        for module in linker.modules():
            for origin in module.imports.values():
                source, _, attribute = origin.partition(":")
                if source.partition(".")[0] in bases:
                    continue
                found = linker.module(source, module.path) or (
                    linker.module(f"{source}.{attribute}", module.path) if attribute else None
                )
                if found is not None:
                    one, other = self._first(_folder(module)), self._first(_folder(found))
                    self._same[one] = other

    def of(self, module: ModuleSummary) -> str:
        """The system of a module."""
        return self._first(_folder(module))

    def _first(self, folder: str) -> str:
        while (same := self._same.get(folder, folder)) != folder:
            folder = same
        return folder


def _folder(module: ModuleSummary) -> str:
    """The folder that a module's top-level name is imported from."""
    folder = os.path.dirname(module.path)
    for _ in range(module.name.count(".") + (1 if module.is_package else 0)):
        folder = os.path.dirname(folder)
    return folder
