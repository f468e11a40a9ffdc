"""The graph of daemons as one HTML page that needs nothing from outside.

Every text of the analysed code is escaped; the script reads the document and holds no data.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template

from daemon_lint.findings import Finding
from daemon_lint.graph import Graph, Handle, Node
from daemon_lint.layout import MARGIN, ROW, WIDTH, Box, Layout, lay_out
from daemon_lint.reporters import relative

_TEMPLATE = Path(__file__).parents[1] / "templates" / "graph.html"
_LONGEST = 54
"""Characters of a path that fit into a box."""


def page(graph: Graph) -> str:
    """The page, from its first line to its last."""
    layout = lay_out(graph)
    keys = {name: node.key for node in reversed(graph.nodes) for name in _names(node)}
    apart = ""
    if layout.apart is not None and graph.edges:
        words = "They wait for nobody, and nobody waits for them"
        apart = f'<p class="apart" style="top:{layout.apart}px">{words}</p>'
    template = Template(_TEMPLATE.read_text(encoding="utf-8"))
    return template.substitute(
        title=escape(_title(graph)),
        caption=escape(_caption(graph)),
        margin=f"{MARGIN}px",
        width=f"{WIDTH}px",
        row=f"{ROW}px",
        sheet_width=layout.width,
        sheet_height=layout.height,
        arrows="\n".join(_arrows(layout)),
        apart=apart,
        boxes="\n".join(_box(box, keys) for box in _in_reading_order(layout)),
    )


def _names(node: Node) -> tuple[str, ...]:
    return node.daemon.names if node.daemon is not None else (node.title,)


def _in_reading_order(layout: Layout) -> list[Box]:
    """By columns and from top to bottom, so that Tab and the list go in ready order."""
    apart = layout.apart if layout.apart is not None else layout.height
    return sorted(layout.boxes.values(), key=lambda box: (box.y >= apart, box.x, box.y))


def _title(graph: Graph) -> str:
    daemons = sum(node.daemon is not None for node in graph.nodes)
    return f"{daemons:,} daemon{'' if daemons == 1 else 's'}" if daemons else "No daemons"


def _caption(graph: Graph) -> str:
    if not graph.nodes:
        return "There is nothing to draw."
    findings = {
        item
        for node in graph.nodes
        for item in (*node.findings, *(one for handle in node.handles for one in handle.findings))
    }
    parts = [f"{len(findings)} finding{'' if len(findings) == 1 else 's'}."]
    if graph.edges:
        parts.append(
            "An arrow leads from a daemon to those that wait for it to be ready, so that the "
            "order of start is from left to right."
        )
    if any(edge.in_cycle for edge in graph.edges):
        parts.append("Red arrows: these daemons wait for each other, or for themselves.")
    return " ".join(parts)


def _arrows(layout: Layout) -> Iterator[str]:
    # Those of cycles come last, on top of the others.
    for edge, path in sorted(layout.arrows, key=lambda item: item[0].in_cycle):
        kind, head = ("edge cycle", "head-bad") if edge.in_cycle else ("edge", "head")
        yield (
            f'<path class="{kind}" data-from="{edge.awaited}" data-to="{edge.waiting}" '
            f'd="{path}" marker-end="url(#{head})"/>'
        )


def _box(box: Box, keys: dict[str, str]) -> str:
    node = box.node
    assert node is not None
    style = f"left:{box.x}px;top:{box.y:.0f}px;height:{box.height}px"
    kind = "unknown" if node.daemon is None else "bad" if node.has_findings else ""
    if node.daemon is None:
        place, words = "waited for, but not in this project", "unknown daemon"
    else:
        place = f"{relative(node.daemon.path)}:{node.daemon.line}"
        words = f"daemon, {node.daemon.base or 'no base'}"
    lines = [_handle(handle, keys) for handle in node.handles]
    lines += [_finding(finding) for finding in node.findings]
    listed = f"<ul>{''.join(lines)}</ul>" if lines else ""
    title = escape(node.title)
    return (
        f'<section class="box {kind}" id="{node.key}" tabindex="0" style="{style}" '
        f'aria-label="{title}, {escape(words)}"><h2 title="{title}">{title}</h2>'
        f'<p class="place" title="{escape(place)}">{escape(_tail(place))}</p>{listed}</section>'
    )


def _tail(place: str) -> str:
    """The end of a long path, where the file's name is."""
    return place if len(place) <= _LONGEST else f"…{place[-_LONGEST + 1 :]}"


def _handle(handle: Handle, keys: dict[str, str]) -> str:
    site = handle.site
    text = escape(site.text.removeprefix("await ").removeprefix("self."))
    if site.kind == "wait":
        text = "for " + ", ".join(_link(name, keys) for name in site.waits_for)
    codes = "".join(f'<span class="code">{item.code}</span>' for item in handle.findings)
    owner = "its owner releases it" if site.registered else "kept by hand"
    more = [site.text, f"{site.kind}, {owner}", f"{relative(site.path)}:{site.line}"]
    more += [_message(item) for item in handle.findings]
    return _item(site.kind, text, codes, site.line, more, bool(handle.findings))


def _finding(finding: Finding) -> str:
    code = f'<span class="code">{finding.code}</span>'
    more = [_message(finding), f"{relative(finding.path)}:{finding.line}"]
    return _item("finding", escape(finding.symbol), code, finding.line, more, True)


def _item(kind: str, text: str, codes: str, line: int, more: list[str], bad: bool) -> str:
    stops = 0 if bad else -1  # the others are reached by the arrow keys
    return (
        f'<li class="item{" bad" if bad else ""}" tabindex="{stops}"><span class="kind">{kind}'
        f'</span><code>{text}</code>{codes}<span class="line">{line}</span>'
        f'<span class="more">{escape(chr(10).join(more))}</span></li>'
    )


def _message(finding: Finding) -> str:
    return f"{finding.code} {finding.message}"


def _link(name: str, keys: dict[str, str]) -> str:
    shown = escape(name)
    return f'<a href="#{keys[name]}" tabindex="-1">{shown}</a>' if name in keys else shown
