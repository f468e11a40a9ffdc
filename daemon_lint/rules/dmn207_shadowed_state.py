"""DMN207: a subclass takes the name that its base keeps its registry in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatchcase

from daemon_lint.fates import everything
from daemon_lint.findings import Finding, Step
from daemon_lint.refs import is_container, own_nodes, ref
from daemon_lint.rules.base import ModuleCheck, Rule
from daemon_lint.summary import FunctionSummary
from daemon_lint.symbols import Class


class ShadowedState(Rule):
    code = "DMN207"
    symbol = "shadowed-state"
    summary = "A class assigns the name in which its base keeps its registry, or shares a registry."
    why = (
        "The base releases what is in its registry. A subclass that puts something else under that "
        "name loses what was registered before, or has its own things released. A list or dict in "
        "the class's body is one for all instances: the end of one ends the handles of all."
    )
    wrong = """
import asyncio


class Base:
    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    def spawn(self) -> None:
        self._tasks.append(asyncio.create_task(asyncio.sleep(1)))

    def close(self) -> None:
        for task in self._tasks:
            task.cancel()


class Printer(Base):
    def __init__(self) -> None:
        super().__init__()
        self._tasks = ["page 1", "page 2"]  # error: DMN207
"""
    right = """
import asyncio


class Base:
    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    def spawn(self) -> None:
        self._tasks.append(asyncio.create_task(asyncio.sleep(1)))

    def close(self) -> None:
        for task in self._tasks:
            task.cancel()


class Printer(Base):
    def __init__(self) -> None:
        super().__init__()
        self._pages = ["page 1", "page 2"]
"""

    def check(self, module: ModuleCheck) -> Iterator[Finding]:
        for cls in module.classes():
            shadowed = self._shadowed(module, cls)
            if shadowed:
                yield from self._assignments(module, cls, shadowed)
            if cls.summary.shared:
                yield from self._shared(module, cls)

    # --- names of a base's registry ---------------------------------------------------------

    def _shadowed(self, module: ModuleCheck, cls: Class) -> dict[str, Class | str]:
        """The names that a class writes, as far as a base keeps its registry in them."""
        linker = module.project.linker
        kept: dict[str, Class | str] = {}
        for base in linker.mro(cls)[1:]:
            if isinstance(base, Class):
                for name in module.project.registries.of(base):
                    kept.setdefault(name, base)
        strict = linker.strict_base(cls)
        if not kept and strict is None:
            return {}
        written = set(cls.summary.assigned)
        for method in cls.summary.methods.values():
            for part in everything(method):
                written.update(item[5:] for item in part.writes if item[:5] == "self.")
        found: dict[str, Class | str] = {}
        for name in written:
            if name.startswith("__"):
                continue  # mangled: a name of its own
            if name in kept:
                found[name] = kept[name]
            elif strict is not None and any(fnmatchcase(name, item) for item in strict.registry):
                found[name] = strict.name.rpartition(".")[2]
        return found

    def _assignments(
        self, module: ModuleCheck, cls: Class, shadowed: dict[str, Class | str]
    ) -> Iterator[Finding]:
        early = self._early(module, cls)
        for target, value in self._assigned(module, cls):
            name = target.attr if isinstance(target, ast.Attribute) else target.id
            base = shadowed.get(name)
            if base is None or (value is not None and self._keeps(value, name)):
                continue
            if id(target) in early and value is not None and _is_empty(value):
                continue  # the base's own assignment comes after
            steps = []
            if isinstance(base, Class):
                line = self._line(base, name)
                steps.append(
                    Step(base.module.path, line, f"{base.summary.name} keeps its registry here")
                )
            owner = base.summary.name if isinstance(base, Class) else base
            yield self.at(
                module,
                target,
                f"{cls.summary.name} assigns {name}, in which {owner} keeps what is registered; "
                f"give it another name",
                *steps,
            )

    def _assigned(
        self, module: ModuleCheck, cls: Class
    ) -> Iterator[tuple[ast.Attribute | ast.Name, ast.expr | None]]:
        """What the class assigns in its body and in its methods: the targets, and the values."""
        node = module.class_node(cls)
        for statement in node.body if node is not None else ():
            for target, value in _targets(statement):
                if isinstance(target, ast.Name) and value is not None:
                    yield target, value
        for name, method in cls.summary.methods.items():
            function = module.node(method)
            if function is None or name == "__setstate__":
                continue
            me = method.params[0] if method.params and not method.is_static else ""
            known = self._known(module, cls, method)
            for item in own_nodes(function):
                for target, value in _targets(item):
                    if (
                        isinstance(target, ast.Attribute)
                        and ref(target.value) == me != ""
                        and f"self.{target.attr}" not in known
                    ):
                        yield target, value

    @staticmethod
    def _known(module: ModuleCheck, cls: Class, method: FunctionSummary) -> set[str]:
        """The fields that a method looks at, or has released before it assigns them."""
        ownership = module.project.ownership
        found = {*method.reads, *ownership.deeds(cls, method).released}
        found.update(f"self.{name}" for name in method.self_refs)
        for target in module.project.cooperation.reached(cls, method, cls):
            if isinstance(target, FunctionSummary):
                found |= ownership.deeds(cls, target).released
        return found

    @staticmethod
    def _early(module: ModuleCheck, cls: Class) -> set[int]:
        """What `__init__` assigns before the base's own runs, or where that does not run."""
        init = cls.summary.methods.get("__init__")
        node = module.node(init) if init is not None else None
        if init is None or node is None:
            return set()
        last = (node.end_lineno or node.lineno) + 1
        line = min((call.line for call in init.supers), default=last)
        return {
            id(item)
            for item in ast.walk(node)
            if isinstance(item, ast.Attribute) and item.lineno < line
        }

    @staticmethod
    def _keeps(value: ast.expr, name: str) -> bool:
        """`self._tasks = [task for task in self._tasks if …]` keeps what was there."""
        return any(
            isinstance(item, ast.Attribute) and item.attr == name for item in ast.walk(value)
        )

    @staticmethod
    def _line(cls: Class, name: str) -> int:
        for method in cls.summary.methods.values():
            if f"self.{name}" in method.writes:
                return method.line
        return cls.summary.line

    # --- registries shared by all instances -------------------------------------------------

    def _shared(self, module: ModuleCheck, cls: Class) -> Iterator[Finding]:
        """Lists and dicts in a class's body that its methods fill and its end of life drains."""
        registries = module.project.registries.of(cls) if cls.summary.shared else ()
        names = [name for name in cls.summary.shared if name in registries]
        if not names:
            return
        own = {
            target.attr
            for target, _ in self._assigned(module, cls)
            if isinstance(target, ast.Attribute)
        }
        names = [name for name in names if name not in own]
        node = module.class_node(cls)
        for statement in node.body if node is not None else ():
            for target, _ in _targets(statement):
                if isinstance(target, ast.Name) and target.id in names:
                    yield self.at(
                        module,
                        target,
                        f"all instances of {cls.summary.name} share {target.id}, so that the end "
                        f"of one releases the handles of the others; assign it in __init__()",
                    )


def _is_empty(value: ast.expr) -> bool:
    """`None`, `[]`, `{}`, `set()`: what a registry begins with."""
    if isinstance(value, ast.Constant):
        return value.value is None
    inside = [getattr(value, name, ()) for name in ("elts", "keys", "args", "generators")]
    return is_container(value) and not any(inside)


def _targets(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    if isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, (ast.Tuple, ast.List)):
                for item in target.elts:
                    yield item, None
            else:
                yield target, node.value
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        yield node.target, node.value
