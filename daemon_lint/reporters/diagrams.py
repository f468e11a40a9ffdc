"""The graph of daemons in the languages of Mermaid and Graphviz."""

from __future__ import annotations

from daemon_lint.graph import Graph, Handle, Node
from daemon_lint.reporters import relative
from daemon_lint.reporters.text import printable

_MOST = 48


def mermaid(graph: Graph) -> str:
    """A flowchart; arrows lead from a daemon to those that wait for it."""
    lines = ["flowchart LR"]
    for node in graph.nodes:
        if node.daemon is None:
            lines.append(
                f'  {node.key}["{_entities(node.title)}<br/>not in this project"]:::unknown'
            )
        else:
            mark = ":::finding" if node.has_findings else ""
            lines.append(f'  {node.key}["{"<br/>".join(map(_entities, _lines(node)))}"]{mark}')
    for edge in graph.edges:
        lines.append(f"  {edge.awaited} -->|ready| {edge.waiting}")
    circular = [str(number) for number, edge in enumerate(graph.edges) if edge.in_cycle]
    if circular:
        lines.append(f"  linkStyle {','.join(circular)} stroke:#c62828,color:#c62828")
    lines.append("  classDef finding stroke:#c62828,stroke-width:2px")
    lines.append("  classDef unknown stroke:#888,stroke-dasharray:4")
    return "\n".join(lines) + "\n"


def dot(graph: Graph) -> str:
    """A digraph; arrows lead from a daemon to those that wait for it."""
    lines = [
        "digraph daemons {",
        "  rankdir=LR;",
        '  node [shape=box, fontname="sans-serif", fontsize=11];',
        '  edge [fontname="sans-serif", fontsize=10];',
    ]
    for node in graph.nodes:
        if node.daemon is None:
            label = _quoted([node.title, "not in this project"])
            lines.append(f"  {node.key} [label={label}, style=dashed, color=gray40];")
        else:
            colour = ', color="#c62828"' if node.has_findings else ""
            lines.append(f"  {node.key} [label={_quoted(_lines(node))}{colour}];")
    for edge in graph.edges:
        colour = ' [color="#c62828"]' if edge.in_cycle else ""
        lines.append(f"  {edge.awaited} -> {edge.waiting}{colour};")
    return "\n".join([*lines, "}"]) + "\n"


def _lines(node: Node) -> list[str]:
    """What stands in a box: the daemon, its place, its handles, its findings."""
    assert node.daemon is not None
    place = f"{relative(node.daemon.path)}:{node.daemon.line}"
    codes = [f"! {finding.code} line {finding.line}" for finding in node.findings]
    return [node.title, place, *map(_handle, node.handles), *codes]


def _handle(handle: Handle) -> str:
    text = handle.site.text
    if len(text) > _MOST:
        text = text[: _MOST - 1] + "…"
    codes = "".join(f" ! {finding.code}" for finding in handle.findings)
    return f"{handle.site.kind}: {text} line {handle.site.line}{codes}"


def _entities(text: str) -> str:
    """A text that is nothing but text to Mermaid, which knows `#35;` where HTML has `&#35;`."""
    return "".join(
        item if item.isalnum() or item in " .:_-=,!/…" else f"#{ord(item)};"
        for item in printable(text)
    )


def _quoted(lines: list[str]) -> str:
    """A DOT string of left-aligned lines; backslashes have a meaning of their own there."""
    texts = (printable(line).replace("\\", r"\\").replace('"', r"\"") for line in lines)
    return '"' + "".join(f"{text}\\l" for text in texts) + '"'
