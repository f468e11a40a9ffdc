"""The graph of a project's daemons: who waits for whom, who owns what, and in which order they
can become ready.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from daemon_lint.findings import Finding
from daemon_lint.inventory import Daemon, Inventory
from daemon_lint.site_reader import Site
from daemon_lint.symbols import Class


@dataclass(frozen=True, slots=True)
class Handle:
    """One handle of a daemon with the findings on its line."""

    site: Site
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A daemon, or (without one) a name that is waited for and that the project does not have."""

    key: str
    title: str
    daemon: Daemon | None = None
    handles: tuple[Handle, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Those on no line of a handle."""

    @property
    def has_findings(self) -> bool:
        """Whether there is a finding anywhere in it."""
        return bool(self.findings) or any(handle.findings for handle in self.handles)


@dataclass(frozen=True, slots=True)
class Edge:
    """`waiting` waits until `awaited` is ready; in a cycle each waits for itself in the end."""

    awaited: str
    waiting: str
    in_cycle: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes in the order of the inventory, edges in the order of the waits."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph_of(inventory: Inventory) -> Graph:
    """The graph of an inventory."""
    nodes: list[Node] = []
    keys: dict[Class, str] = {}
    by_name: dict[str, list[Daemon]] = {}
    for daemon in inventory.daemons:
        keys[daemon.cls] = f"d{len(keys) + 1}"
        nodes.append(_node(keys[daemon.cls], daemon))
        for name in daemon.names:
            by_name.setdefault(name, []).append(daemon)
    unknown: dict[str, str] = {}
    pairs: dict[tuple[str, str], None] = {}
    for daemon in inventory.daemons:
        for name in daemon.waits_for:
            if name == "?":
                continue  # computed when it runs
            found = by_name.get(name, [])
            near = [item for item in found if item.cls.module is daemon.cls.module]
            for target in near or found:
                pairs[(keys[target.cls], keys[daemon.cls])] = None
            if not found:
                if name not in unknown:
                    unknown[name] = f"u{len(unknown) + 1}"
                    nodes.append(Node(unknown[name], name))
                pairs[(unknown[name], keys[daemon.cls])] = None
    circular = _in_cycles(pairs)
    edges = tuple(Edge(*pair, pair in circular) for pair in pairs)
    return Graph(tuple(nodes), edges)


def _node(key: str, daemon: Daemon) -> Node:
    left = list(daemon.findings)
    handles = []
    for site in daemon.sites:
        here = [item for item in left if (item.path, item.line) == (site.path, site.line)]
        left = [item for item in left if item not in here]
        handles.append(Handle(site, tuple(here)))
    return Node(key, daemon.name, daemon, tuple(handles), tuple(left))


def _in_cycles(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """The edges that lie on a cycle: those from whose end their start can be reached."""
    after: dict[str, list[str]] = {}
    for start, end in pairs:
        after.setdefault(start, []).append(end)
    reach: dict[str, set[str]] = {}
    for start in after:
        seen: set[str] = set()
        queue = list(after[start])
        while queue:
            item = queue.pop()
            if item not in seen:
                seen.add(item)
                queue += after.get(item, ())
        reach[start] = seen
    return {(start, end) for start, end in pairs if start in reach.get(end, ()) or start == end}


def layers(graph: Graph) -> dict[str, int]:
    """The ready order: 0 for who waits for nobody, else one more than the last that is waited for.

    Of a cycle, the edge that closes it (found by going through the nodes in order) is left out.
    """
    before: dict[str, list[str]] = {node.key: [] for node in graph.nodes}
    for edge in graph.edges:
        before[edge.waiting].append(edge.awaited)
    found: dict[str, int] = {}
    for node in graph.nodes:
        stack = [(node.key, iter(before[node.key]))]
        open_ = {node.key}
        while stack:
            key, rest = stack[-1]
            for other in rest:
                if other not in found and other not in open_:
                    stack.append((other, iter(before[other])))
                    open_.add(other)
                    break
            else:
                known = [found[other] for other in before[key] if other in found]
                found.setdefault(key, max(known, default=-1) + 1)
                open_.discard(key)
                stack.pop()
    return found
