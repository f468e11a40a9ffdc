"""Where the boxes and arrows of the graph go: columns by ready order, no box over another.

The layered drawing of Sugiyama: an edge over several columns runs through a free place in each of
them, so that no arrow crosses a box. Daemons that nothing ties to others stand in a grid below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from daemon_lint.graph import Edge, Graph, Node, layers

WIDTH, HEAD, ROW = 380, 58, 28
"""Of a box: its width, the height of its head, and of one line in it."""
GAP_X, GAP_Y, MARGIN = 110, 24, 24
_THIN = 8
"""The height of the place that an edge takes in a column that it passes."""
_SWEEPS = 8
_LEAST_HEIGHT = 900


@dataclass(slots=True)
class Box:
    """The place of a node, or (without one) the place where edges pass a column."""

    node: Node | None
    height: int
    x: int = 0
    y: float = 0

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + self.height / 2


@dataclass(slots=True)
class Layout:
    """The boxes by the keys of their nodes, the arrows as SVG paths, and the size of it all."""

    boxes: dict[str, Box]
    arrows: list[tuple[Edge, str]] = field(default_factory=list)
    width: int = 0
    height: int = 0
    apart: int | None = None
    """Where the grid of those begins that are tied to nobody; None without such."""


def box_height(node: Node) -> int:
    """The height of a node's box."""
    return HEAD + ROW * (len(node.handles) + len(node.findings)) + (8 if node.daemon else 0)


def lay_out(graph: Graph) -> Layout:
    """Place the whole graph."""
    tied = {key for edge in graph.edges for key in (edge.awaited, edge.waiting)}
    out = Layout({node.key: Box(node, box_height(node)) for node in graph.nodes})
    columns = _Columns(graph, out.boxes, tied)
    columns.place()
    out.arrows = [(edge, columns.arrow(edge)) for edge in graph.edges]
    count = len(columns.columns)
    out.width = 2 * MARGIN + max(count, 1) * (WIDTH + GAP_X) - GAP_X
    if any(edge.awaited == edge.waiting for edge in graph.edges):
        out.width += GAP_X // 2  # for the loop beside a box in the last column
    out.height = columns.bottom()
    loose = [out.boxes[node.key] for node in graph.nodes if node.key not in tied]
    if loose:
        out.apart = out.height + (GAP_Y if count else 0)
        _grid(loose, out, max(count, min(3, len(loose))))
    return out


def _grid(loose: Sequence[Box], out: Layout, count: int) -> None:
    """Fill columns, always the shortest one next."""
    top = (out.apart or 0) + (ROW if out.height > MARGIN else 0) + MARGIN
    bottoms = [float(top)] * count
    for box in loose:
        column = bottoms.index(min(bottoms))
        box.x, box.y = MARGIN + column * (WIDTH + GAP_X), bottoms[column]
        bottoms[column] += box.height + GAP_Y
    out.width = max(out.width, 2 * MARGIN + count * (WIDTH + GAP_X) - GAP_X)
    out.height = int(max(bottoms)) - GAP_Y + MARGIN


class _Columns:
    """The part of the graph that edges tie together."""

    def __init__(self, graph: Graph, boxes: dict[str, Box], tied: set[str]) -> None:
        self.boxes = boxes
        self.columns: list[list[Box]] = []
        self.column: dict[str, int] = {}
        self._chains: dict[tuple[str, str], list[Box]] = {}
        self.links: dict[int, list[Box]] = {}
        """For the boxes by identity: those in the columns beside that edges tie them to."""
        self._split(graph, [node for node in graph.nodes if node.key in tied])
        passing: dict[tuple[str, bool, int], Box] = {}
        for edge in graph.edges:
            self._chain(edge, passing)
        self._ports = self._place_ports(graph)

    def _split(self, graph: Graph, nodes: list[Node]) -> None:
        """A column for each layer; several, one after the other, for one that is too high."""
        rank = layers(graph)
        awaited = {edge.awaited for edge in graph.edges}
        heights = sum(self.boxes[node.key].height + GAP_Y for node in nodes)
        most = max(_LEAST_HEIGHT, (heights * (WIDTH + GAP_X) * 0.6) ** 0.5)
        for layer in sorted({rank[node.key] for node in nodes}):
            here = [node for node in nodes if rank[node.key] == layer]
            here.sort(key=lambda node: node.key in awaited)  # those that edges leave come last
            height = most
            for node in here:
                box = self.boxes[node.key]
                if height + box.height > most:
                    self.columns.append([])
                    height = 0
                self.columns[-1].append(box)
                self.column[node.key] = len(self.columns) - 1
                height += box.height + GAP_Y

    def _chain(self, edge: Edge, passing: dict[tuple[str, bool, int], Box]) -> None:
        """The places that an edge passes; edges from one box share them."""
        start, end = self.column[edge.awaited], self.column[edge.waiting]
        forward = start < end
        chain = [self.boxes[edge.awaited]]
        for index in range(start + 1, end) if forward else range(start - 1, end, -1):
            key = (edge.awaited, forward, index)
            if key not in passing:
                passing[key] = Box(None, _THIN)
                self.columns[index].append(passing[key])
            chain.append(passing[key])
        chain.append(self.boxes[edge.waiting])
        self._chains[(edge.awaited, edge.waiting)] = chain
        for one, other in pairwise(chain):
            self.links.setdefault(id(one), []).append(other)
            self.links.setdefault(id(other), []).append(one)

    def place(self) -> None:
        """Order the columns so that few edges cross, then bring tied boxes to one height."""
        for index, column in enumerate(self.columns):
            for box in column:
                box.x = MARGIN + index * (WIDTH + GAP_X)
            _stack(column)
        order = range(len(self.columns))
        for sweep in range(_SWEEPS):
            for index in order if sweep % 2 == 0 else reversed(order):
                column = self.columns[index]
                column.sort(key=lambda box: self._wanted(box) + box.height / 2)
                _stack(column)
        for sweep in range(_SWEEPS):
            for index in order if sweep % 2 == 0 else reversed(order):
                column = self.columns[index]
                _settle(column, [self._wanted(box) for box in column])
        boxes = [box for column in self.columns for box in column]
        top = min((box.y for box in boxes), default=0)
        for box in boxes:
            box.y = round(box.y - top + MARGIN)

    def _wanted(self, box: Box) -> float:
        """The top that brings a box to the height of those that it is tied to."""
        tied = self.links.get(id(box), [])
        middles = [other.middle for other in tied if other is not box]
        return (sum(middles) / len(middles) if middles else box.middle) - box.height / 2

    def bottom(self) -> int:
        """The height of the part."""
        lows = [box.y + box.height for column in self.columns for box in column]
        return int(max(lows, default=0)) + MARGIN

    # --- arrows -----------------------------------------------------------------------------

    def _place_ports(self, graph: Graph) -> dict[tuple[str, bool], list[tuple[str, str]]]:
        """For each side of a box (False: left) the edges that touch it, as pairs of keys."""
        found: dict[tuple[str, bool], list[tuple[str, str]]] = {}
        for edge in graph.edges:
            if edge.awaited != edge.waiting:
                forward, pair = self._is_forward(edge), (edge.awaited, edge.waiting)
                found.setdefault((edge.awaited, forward), []).append(pair)
                found.setdefault((edge.waiting, not forward), []).append(pair)
        return found

    def _is_forward(self, edge: Edge) -> bool:
        return self.column[edge.awaited] < self.column[edge.waiting]

    def _port(self, key: str, right: bool, edge: Edge) -> float:
        """The height at which an edge touches a box: from top to bottom as the other ends lie."""

        def beside(pair: tuple[str, str]) -> float:
            chain = self._chains[pair]
            return (chain[1] if pair[0] == key else chain[-2]).middle

        pairs = sorted(self._ports[(key, right)], key=beside)
        index = pairs.index((edge.awaited, edge.waiting))
        return self.boxes[key].y + self.boxes[key].height * (index + 1) / (len(pairs) + 1)

    def arrow(self, edge: Edge) -> str:
        """The path of an edge, to be called once everything has its place."""
        chain = self._chains[(edge.awaited, edge.waiting)]
        forward = self._is_forward(edge)
        if edge.awaited == edge.waiting:
            box, y = chain[0], chain[0].y + 20
            x = box.x + WIDTH
            return f"M{x},{y:.0f} C{x + 60},{y - 26:.0f} {x + 60},{y + 46:.0f} {x},{y + 20:.0f}"
        x = chain[0].x + (WIDTH if forward else 0)
        y = self._port(edge.awaited, forward, edge)
        path = [f"M{x},{y:.0f}"]
        for box in chain[1:]:
            last = box is chain[-1]
            to_x = box.x + (0 if forward else WIDTH)
            to_y = box.middle
            if last:
                to_y = self._port(edge.waiting, not forward, edge)
                to_x += -7 if forward else 7  # the arrow's head ends at the box
            half = (x + to_x) / 2
            path.append(f"C{half:.0f},{y:.0f} {half:.0f},{to_y:.0f} {to_x},{to_y:.0f}")
            x, y = box.x + (WIDTH if forward else 0), to_y
            if not last:
                path.append(f"H{x}")
        return " ".join(path)


def _gap(above: Box, below: Box) -> float:
    return GAP_Y if above.node is not None and below.node is not None else GAP_Y / 2


def _stack(column: Sequence[Box]) -> None:
    """Put the boxes under each other, the whole around height 0."""
    y = 0.0
    for above, box in zip([None, *column], column, strict=False):
        y += _gap(above, box) if above is not None else 0
        box.y = y
        y += box.height
    for box in column:
        box.y -= y / 2


def _settle(column: Sequence[Box], wanted: Sequence[float]) -> None:
    """Bring each box as near to its wanted top as order and gaps let (least squares).

    Boxes that would overlap move as one block, at the mean of what they want.
    """
    offsets: list[float] = []
    for index, box in enumerate(column):
        above = column[index - 1] if index else None
        offsets.append(offsets[-1] + above.height + _gap(above, box) if above is not None else 0.0)
    blocks: list[tuple[float, int]] = []  # sum and number of what its boxes want, less offset
    for top, offset in zip(wanted, offsets, strict=True):
        total, count = top - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            other, more = blocks.pop()
            total, count = total + other, count + more
        blocks.append((total, count))
    index = 0
    for total, count in blocks:
        for _ in range(count):
            column[index].y = total / count + offsets[index]
            index += 1
