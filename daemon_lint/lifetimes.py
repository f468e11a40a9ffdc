"""What lives as long as the process, so that nothing there has to be given back before."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from daemon_lint.linking import Linker
from daemon_lint.summary import ClassSummary, FunctionSummary, ModuleSummary
from daemon_lint.symbols import Class, Function, Scope


@dataclass(frozen=True, slots=True)
class Site:
    """A call, in a function or method or in what is nested there."""

    call: str
    function: FunctionSummary
    module: ModuleSummary
    cls: Class | None


_Sites = dict[str, list[Site]]


class Lifetimes:
    """Answers for the classes of one linker."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        self._makers: dict[str, list[ModuleSummary]] = {}
        self._beside: dict[str, _Sites] = {}
        self._classes: dict[Class, bool] = {}
        self._functions: dict[FunctionSummary, bool] = {}

    def is_process_lived(self, cls: Class) -> bool:
        """Whether instances live as long as the process: by contract, or by where they are made."""
        if cls not in self._classes:
            self._classes[cls] = False  # what only makes itself is made elsewhere first
            self._classes[cls] = self.linker.profile.is_process_lived(
                cls.name
            ) or self._is_all_process_lived(cls.summary, self._made_anywhere(cls))
        return self._classes[cls]

    def is_made(self, cls: Class) -> bool:
        """Whether code of the project makes instances of a class, as far as names tell."""
        name = cls.summary.name.rpartition(".")[2]
        sites = self._made_anywhere(cls).get(name, ())
        return any(self._calls(site, cls.summary) for site in sites) or any(
            callee.rpartition(".")[2] == name and self.linker.resolve(callee, Scope(module)) is cls
            for module in self.linker.modules()
            for callee in module.made
        )

    def _runs_for_the_process(self, site: Site) -> bool:
        """Whether a function sets up the process, or is called only by such as do."""
        if site.cls is not None:
            return self.is_process_lived(site.cls)
        if self.linker.profile.is_process_lived(site.function.name):
            return True
        function = site.function
        if function not in self._functions:
            self._functions[function] = False
            calls = self._called_beside(site.module)
            self._functions[function] = self._is_all_process_lived(function, calls)
        return self._functions[function]

    def _is_all_process_lived(self, wanted: ClassSummary | FunctionSummary, sites: _Sites) -> bool:
        """Whether something is called at all, and only by what runs for the process."""
        found = [
            site
            for site in sites.get(wanted.name.rpartition(".")[2], ())
            if self._calls(site, wanted)
        ]
        return bool(found) and all(map(self._runs_for_the_process, found))

    def _calls(self, site: Site, wanted: ClassSummary | FunctionSummary) -> bool:
        symbol = self.linker.resolve(site.call, Scope(site.module, site.cls, (site.function,)))
        return isinstance(symbol, (Class, Function)) and symbol.summary is wanted

    def _made_anywhere(self, cls: Class) -> _Sites:
        """Calls in the whole project that may construct what goes by the name of a class."""
        name = cls.summary.name.rpartition(".")[2]
        if not self._makers:
            for module in self.linker.modules():
                for made in module.makes:
                    self._makers.setdefault(made, []).append(module)
        found: _Sites = {}
        for module in self._makers.get(name, ()):
            self._note(module, found, lambda call: call.rpartition(".")[2] == name)
        return found

    def _called_beside(self, module: ModuleSummary) -> _Sites:
        """All calls in the modules of one folder."""
        folder = os.path.dirname(module.path)
        found = self._beside.get(folder)
        if found is None:
            found = self._beside[folder] = {}
            for other in self.linker.modules_beside(module):
                self._note(other, found, bool)
        return found

    def _note(self, module: ModuleSummary, sites: _Sites, counts: Callable[[str], bool]) -> None:
        """Note the calls of a module by the last word of their ref."""
        functions: list[tuple[FunctionSummary, Class | None]] = [
            (function, None) for function in module.functions.values()
        ]
        for name, summary in module.classes.items():
            cls = self.linker.class_of(module, name)
            functions += [(method, cls) for method in summary.methods.values()]
        for function, owner in functions:
            parts = [function]
            while parts:
                part = parts.pop()
                parts += part.nested.values()
                for call in part.calls:
                    if counts(call):
                        site = Site(call, function, module, owner)
                        sites.setdefault(call.rpartition(".")[2], []).append(site)
