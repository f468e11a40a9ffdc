"""Summaries of modules and classes."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from daemon_lint.bindings import Notes
from daemon_lint.decorators import WORDS
from daemon_lint.function_reader import FunctionReader, summarize_function
from daemon_lint.refs import annotation_ref, is_constructor, is_container, parameters, ref
from daemon_lint.source import first_line
from daemon_lint.summary import ClassSummary, FunctionSummary, ModuleSummary


def summarize_class(node: ast.ClassDef, notes: Notes) -> ClassSummary:
    """Summarise a class: methods, and fields with the refs of their types."""
    out = ClassSummary(
        name=node.name,
        line=node.lineno,
        first=first_line(node),
        last=node.end_lineno or node.lineno,
        bases=tuple(
            found
            for item in node.bases
            if (found := ref(item.value if isinstance(item, ast.Subscript) else item))
        ),
        decorators=tuple(found for item in node.decorator_list if (found := ref(item))),
    )
    notes.type_parameters(node)
    for statement in _flat(node.body):
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            inner = Notes(
                imports=notes.imports,
                bounds=notes.bounds,
                local_classes=notes.local_classes,
                renamed=notes.renamed,
            )
            method = summarize_function(statement, in_class=True, notes=inner)
            _add_method(out.methods, method)
            if any(
                item.rpartition(".")[2] in ("final", "cooperative") for item in method.decorators
            ):
                out.marked = (*out.marked, method.name)
            for name, kind, annotated in inner.fields:
                if annotated or name not in out.fields:
                    out.fields[name] = kind
            out.borrowed = (*out.borrowed, *inner.borrowed)
            out.made = (*out.made, *inner.made)
            out.containers = (*out.containers, *inner.containers)
            out.subscribed = (*out.subscribed, *inner.subscribed)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            if found := annotation_ref(statement.annotation):
                out.fields[statement.target.id] = found
            if statement.value is not None:
                out.assigned = (*out.assigned, statement.target.id)
                if is_container(statement.value) and "ClassVar" not in ast.unparse(
                    statement.annotation
                ):
                    out.shared = (*out.shared, statement.target.id)
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    out.fields.setdefault(target.id, _instance(statement.value))
                    out.assigned = (*out.assigned, target.id)
                    if is_container(statement.value):
                        out.shared = (*out.shared, target.id)
                    if isinstance(statement.value, ast.Lambda):  # `close = lambda self: …`
                        _add_method(out.methods, _summarize_lambda(statement.value, target.id))
                    if isinstance(statement.value, ast.Name):
                        same = out.methods.get(statement.value.id)  # `follow = subscribe`
                        if same is not None:
                            out.methods.setdefault(target.id, same)
    out.fields = {name: found for name, found in out.fields.items() if found}
    return out


def _summarize_lambda(node: ast.Lambda, name: str) -> FunctionSummary:
    """Summarise a lambda that stands in a class's body in a method's place."""
    arguments = parameters(node.args)
    return FunctionReader(node, name, arguments[0].arg if arguments else "", Notes()).read()


def _add_method(methods: dict[str, FunctionSummary], method: FunctionSummary) -> None:
    """Add a method; of several with one name the last counts, a setter never for its property.

    The others stay under `name@line`, since what they acquire must be followed too.
    """
    accessor = any(name.endswith((".setter", ".deleter", ".getter")) for name in method.decorators)
    known = methods.get(method.name)
    if known is None:
        methods[method.name] = method
    elif accessor:
        methods[f"{method.name}@{method.line}"] = method
    else:
        if _is_overload(known) and method.returns in ("", "Any", "typing.Any"):
            method.returns = known.returns  # the overloads say more than the body's own line
        methods[f"{known.name}@{known.line}"] = known
        methods[method.name] = method


def _constructed(module: ModuleSummary) -> set[str]:
    """The last words of a module's calls that may construct something."""
    parts = list(module.functions.values())
    for cls in module.classes.values():
        parts += cls.methods.values()
    found: set[str] = set()
    while parts:
        part = parts.pop()
        parts += part.nested.values()
        found.update(call.rpartition(".")[2] for call in part.calls if is_constructor(call))
    return found


def _is_overload(method: FunctionSummary) -> bool:
    return any(name.rpartition(".")[2] == "overload" for name in method.decorators)


def _instance(value: ast.expr | None) -> str:
    return "=" + found if (found := ref(value)) else ""


def _flat(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements of a module or class body, those under `if`, `try` and `with` included."""
    for statement in body:
        yield statement
        if isinstance(statement, ast.If):
            yield from _flat(statement.body)
            yield from _flat(statement.orelse)
        elif isinstance(statement, ast.Try):
            yield from _flat(statement.body)
            for handler in statement.handlers:
                yield from _flat(handler.body)
            yield from _flat(statement.orelse)
            yield from _flat(statement.finalbody)
        elif isinstance(statement, ast.With):
            yield from _flat(statement.body)


def summarize(tree: ast.Module, name: str, path: str, is_package: bool) -> ModuleSummary:
    """Summarise a module.

    `name` is its dotted name, used to resolve relative imports; `path` is kept for traces.
    """
    out = ModuleSummary(name=name, path=path, is_package=is_package)
    stars: list[str] = []
    notes = Notes()
    for statement in _flat(tree.body):
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                if alias.asname:
                    out.imports[alias.asname] = alias.name
                else:
                    head = alias.name.partition(".")[0]
                    out.imports[head] = head
        elif isinstance(statement, ast.ImportFrom):
            origin = import_origin(statement, name, is_package)
            for alias in statement.names:
                if alias.name == "*":
                    stars.append(origin)
                else:
                    out.imports[alias.asname or alias.name] = f"{origin}:{alias.name}"
                    if alias.asname and alias.name in WORDS:
                        notes.renamed[alias.asname] = alias.name
        elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            summary = summarize_function(statement, notes=notes)
            _add_method(out.functions, summary)
        elif isinstance(statement, ast.ClassDef):
            add_class(out.classes, statement, "", notes)
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    out.values[target.id] = _value_ref(statement.value)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            if ref(statement.annotation).rpartition(".")[2] == "TypeAlias":
                out.values[statement.target.id] = _value_ref(statement.value)
            elif found := annotation_ref(statement.annotation):
                out.values[statement.target.id] = f"@.{found}"
        elif type(statement).__name__ == "TypeAlias":  # Python 3.12
            alias_name = getattr(statement, "name", None)
            if isinstance(alias_name, ast.Name):
                out.values[alias_name.id] = _value_ref(getattr(statement, "value", None))
    for prefix, node in notes.local_classes:  # which grows while classes in classes are read
        add_class(out.classes, node, prefix, notes)
    out.made = tuple(dict.fromkeys(_made(tree)))
    out.makes = tuple(sorted(_constructed(out)))
    # Functions that import inside their body see those names too; an approximation by module.
    for item in notes.imports:
        if isinstance(item, ast.ImportFrom):
            origin = import_origin(item, name, is_package)
            for alias in item.names:
                if alias.name != "*":
                    out.imports.setdefault(alias.asname or alias.name, f"{origin}:{alias.name}")
        else:
            for alias in item.names:
                head = alias.name.partition(".")[0]
                out.imports.setdefault(alias.asname or head, alias.name if alias.asname else head)
    out.stars = tuple(stars)
    out.values = {key: found for key, found in out.values.items() if found}
    return out


def _made(tree: ast.Module) -> Iterator[str]:
    """The classes of which instances are made at module level: `run(UserDaemon("user"))`."""
    for statement in _flat(tree.body):
        value = statement.value if isinstance(statement, (ast.Expr, ast.Assign)) else None
        if isinstance(value, ast.Await):
            value = value.value
        parts = [value, *value.args] if isinstance(value, ast.Call) else [value]
        parts += [
            item for part in parts if isinstance(part, (ast.List, ast.Tuple)) for item in part.elts
        ]
        for item in parts:
            if isinstance(item, ast.Call) and is_constructor(name := ref(item.func)):
                yield name


def add_class(
    classes: dict[str, ClassSummary], node: ast.ClassDef, prefix: str, notes: Notes
) -> None:
    """Add a class and the classes nested in it, under dotted names.

    Of several with one name the last counts; the others stay under `name@line`.
    """
    known = classes.get(prefix + node.name)
    if known is not None:
        classes[f"{prefix}{node.name}@{known.line}"] = known
    classes[prefix + node.name] = summarize_class(node, notes)
    for statement in _flat(node.body):
        if isinstance(statement, ast.ClassDef):
            add_class(classes, statement, f"{prefix}{node.name}.", notes)


def _value_ref(node: ast.expr | None) -> str:
    """A module-level value: the ref of an alias or of the instance a call makes."""
    if isinstance(node, ast.Call):
        if ref(node.func).rpartition(".")[2] in ("TypeVar", "NewType"):
            bounds = [item.value for item in node.keywords if item.arg == "bound"]
            return annotation_ref(bounds[0] if bounds else node.args[-1] if node.args else None)
        return found if (found := ref(node)) else ""
    return annotation_ref(node)


def import_origin(node: ast.ImportFrom, name: str, is_package: bool) -> str:
    """The absolute module that a `from … import` names, relative dots resolved."""
    if not node.level:
        return node.module or ""
    parts = name.split(".")
    up = node.level - 1 if is_package else node.level
    base = parts[: len(parts) - up] if up else parts
    return ".".join([*base, node.module] if node.module else base)
