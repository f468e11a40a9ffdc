"""The graph: ready order, layout without overlaps, and output that is valid whatever the names."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from daemon_lint.config import load_config
from daemon_lint.graph import Edge, Graph, Node, graph_of, layers
from daemon_lint.inventory import take_inventory
from daemon_lint.layout import WIDTH, Layout, lay_out
from daemon_lint.reporters.diagrams import dot, mermaid
from daemon_lint.reporters.graph_page import page

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorial"
HOSTILE = "</script><img src=x onerror=alert(1)>\"'`#;{}[]|end"


def graph(folder: Path) -> Graph:
    return graph_of(take_inventory([folder], load_config(folder), cache=False))


def write(folder: Path, waits: dict[str, list[str]], lines: dict[str, list[str]]) -> Path:
    """A project of daemons `d0`, `d1`, … with what each waits for and does."""
    (folder / "daemon-lint.toml").write_text("")
    for name, awaited in waits.items():
        body = [f"self.on_daemon_ready({other!r}, print)" for other in awaited]
        body += lines.get(name, []) or ["..."]
        text = "\n        ".join(body)
        (folder / f"{name}.py").write_text(
            f"from daemonbase import DaemonBase\n\n\nclass {name.title()}(DaemonBase):\n"
            f"    name = {name!r}\n\n    async def initialize(self) -> None:\n        {text}\n"
        )
    return folder


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Sixty daemons: a few that many wait for, a cycle, some that are tied to nobody."""
    chance = random.Random(60)
    names = [f"d{number}" for number in range(60)]
    waits: dict[str, list[str]] = {}
    lines: dict[str, list[str]] = {}
    for number, name in enumerate(names):
        pool = names[: max(1, number // 3)]
        known = chance.sample(pool, min(len(pool), chance.choice([0, 1, 1, 2, 3])))
        waits[name] = known if number else []
        lines[name] = [
            f'self.subscribe("{name}:event{index}", print)' for index in range(chance.randint(0, 6))
        ]
        if chance.random() < 0.2:
            lines[name].append('self.bus.subscribe("lost", print)')
    waits["d0"].append("d40")
    waits["d40"].append("d0")
    waits["d7"].append("d7")
    waits["d9"].append("missing")
    return graph(write(tmp_path_factory.mktemp("sixty"), waits, lines))


def node(key: str) -> Node:
    return Node(key, key)


# --- the graph ------------------------------------------------------------------------------


def test_the_tutorial() -> None:
    for form, expected in (("before", 1), ("after", 2)):
        found = graph(TUTORIAL / form)
        titles = {item.key: item.title for item in found.nodes}
        edges = {(titles[edge.awaited], titles[edge.waiting]) for edge in found.edges}
        assert ("DataDaemon", "UserDaemon") in edges and len(edges) == expected
        assert not any(edge.in_cycle for edge in found.edges)
    found = graph(TUTORIAL / "before")
    (user,) = (item for item in found.nodes if item.title == "UserDaemon")
    codes = [finding.code for handle in user.handles for finding in handle.findings]
    assert codes == ["DMN101", "DMN102"] and not user.findings
    (training,) = (item for item in found.nodes if item.title == "TrainingDaemon")
    assert [finding.code for finding in training.findings] == ["DMN201"]


def test_unknown_names_and_cycles(tmp_path: Path) -> None:
    waits = {"a": ["b"], "b": ["a"], "c": ["c", "zzz"], "e": ["a"]}
    found = graph(write(tmp_path, waits, {}))
    titles = {item.key: item.title for item in found.nodes}
    circular = {
        (titles[edge.awaited], titles[edge.waiting]) for edge in found.edges if edge.in_cycle
    }
    assert circular == {("B", "A"), ("A", "B"), ("C", "C")}
    (unknown,) = (item for item in found.nodes if item.daemon is None)
    assert unknown.title == "zzz"


def test_ready_order() -> None:
    nodes = tuple(map(node, "abcde"))
    edges = (Edge("a", "b"), Edge("b", "c"), Edge("a", "c"), Edge("c", "b", True), Edge("e", "a"))
    found = layers(Graph(nodes, edges))
    assert found["e"] == 0 and found["a"] == 1 and found["d"] == 0
    assert {found["b"], found["c"]} == {2, 3}


def test_a_long_chain_needs_no_recursion() -> None:
    names = [f"n{number}" for number in range(3000)]
    edges = tuple(Edge(one, other) for one, other in pairwise(names))
    found = layers(Graph(tuple(map(node, reversed(names))), edges))
    assert found["n2999"] == 2999


# --- layout ---------------------------------------------------------------------------------


def overlaps(layout: Layout) -> list[tuple[str, str]]:
    return [
        (one, other)
        for (one, a), (other, b) in combinations(layout.boxes.items(), 2)
        if a.x < b.x + WIDTH and b.x < a.x + WIDTH and a.y < b.y + b.height and b.y < a.y + a.height
    ]


def bezier(t: float, a: float, b: float, c: float, d: float) -> float:
    u = 1 - t
    return a * u**3 + 3 * b * t * u**2 + 3 * c * t**2 * u + d * t**3


def points(path: str) -> list[tuple[float, float]]:
    """Points along an arrow."""
    found: list[tuple[float, float]] = []
    x = y = 0.0
    for letter, text in re.findall(r"([MCH])([^MCH]+)", path):
        numbers = [float(item) for item in re.findall(r"-?[\d.]+", text)]
        if letter == "M":
            x, y = numbers
        elif letter == "H":
            found += [(x + (numbers[0] - x) * step / 20, y) for step in range(1, 20)]
            x = numbers[0]
        else:
            ax, ay, bx, by, cx, cy = numbers
            for step in range(1, 20):
                t = step / 20
                at_x, at_y = (
                    p * (1 - t) ** 3 + 3 * q * t * (1 - t) ** 2 + 3 * r * t**2 * (1 - t) + s * t**3
                    for p, q, r, s in ((x, ax, bx, cx), (y, ay, by, cy))
                )
                found.append((at_x, at_y))
            x, y = cx, cy
    return found


def crossed(layout: Layout) -> list[tuple[Edge, str]]:
    """The arrows that run over a box."""
    return [
        (edge, key)
        for edge, path in layout.arrows
        for key, box in layout.boxes.items()
        if any(
            box.x < x < box.x + WIDTH and box.y < y < box.y + box.height for x, y in points(path)
        )
    ]


def test_sixty_daemons_do_not_overlap(sixty: Graph) -> None:
    layout = lay_out(sixty)
    assert len(layout.boxes) == 61 and len(layout.arrows) == len(sixty.edges) > 40
    assert overlaps(layout) == []
    assert crossed(layout) == []
    for box in layout.boxes.values():
        assert box.x >= 0 and box.x + WIDTH <= layout.width
        assert box.y >= 0 and box.y + box.height <= layout.height


@pytest.mark.parametrize("seed", range(12))
def test_no_graph_overlaps(seed: int) -> None:
    chance = random.Random(seed)
    keys = [f"n{number}" for number in range(chance.randint(1, 50))]
    pairs = {
        (chance.choice(keys), chance.choice(keys)) for _ in range(chance.randint(0, 2 * len(keys)))
    }
    if seed % 3 == 0:  # everybody waits for one
        pairs |= {(keys[0], key) for key in keys[1:]}
    drawn = Graph(tuple(map(node, keys)), tuple(Edge(*pair) for pair in sorted(pairs)))
    layout = lay_out(drawn)
    assert overlaps(layout) == [] and crossed(layout) == []


def test_an_arrow_leads_from_left_to_right_unless_it_closes_a_cycle(sixty: Graph) -> None:
    layout = lay_out(sixty)
    for edge in sixty.edges:
        if not edge.in_cycle:
            assert layout.boxes[edge.awaited].x < layout.boxes[edge.waiting].x


# --- HTML -----------------------------------------------------------------------------------


class Page(HTMLParser):
    """What stands in a page: tags with their attributes, text by tag; every tag is closed."""

    VOID = frozenset(("meta", "input", "br", "img", "path"))

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.stack: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(text)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.stack:
            self.texts.setdefault(self.stack[-1], []).append(data)


def test_the_page_of_sixty(sixty: Graph) -> None:
    text = page(sixty)
    parsed = Page(text)
    boxes = [attributes for tag, attributes in parsed.tags if tag == "section"]
    assert len(boxes) == 61 and all(attributes["tabindex"] == "0" for attributes in boxes)
    assert len({attributes["id"] for attributes in boxes}) == 61
    arrows = [attributes for tag, attributes in parsed.tags if "data-from" in attributes]
    assert len(arrows) == len(sixty.edges)
    assert sum("cycle" in (attributes["class"] or "") for attributes in arrows) >= 3
    assert "60 daemons" in parsed.texts["h1"]
    assert any("DMN101" in item for item in parsed.texts["span"])


def test_the_page_loads_nothing(sixty: Graph) -> None:
    parsed = Page(page(sixty))
    for tag, attributes in parsed.tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base")
        assert not {"src", "srcset", "action", "xlink:href", "background"} & attributes.keys()
        assert (attributes.get("href") or "#").startswith("#")
        assert not any(name.startswith("on") for name in attributes)
    style = "".join(parsed.texts["style"])
    assert "@import" not in style and "url(" not in style
    assert "http" not in "".join([*parsed.texts["script"], style])


def test_hostile_names_stay_texts(tmp_path: Path) -> None:
    waits = {"a": [HOSTILE, "b"], "b": [HOSTILE]}
    lines = {
        "a": [f"self.subscribe({HOSTILE!r}, print)", r'self.bus.subscribe("\0\ud800</svg>", 1)']
    }
    found = graph(write(tmp_path, waits, lines))
    parsed = Page(page(found))
    assert {tag for tag, _ in parsed.tags}.isdisjoint(("img", "i"))
    assert sum(tag == "script" for tag, _ in parsed.tags) == 1
    assert HOSTILE in parsed.texts["h2"]
    box = r"""\w+\["[^"<>`]*(<br/>[^"<>`]*)*"\](:::\w+)?"""
    known = rf"  ({box}|\w+ -->\|ready\| \w+|(linkStyle|classDef) .*)"
    for line in mermaid(found).splitlines()[1:]:
        assert re.fullmatch(known, line), line


def test_an_empty_graph() -> None:
    empty = Graph((), ())
    assert "No daemons" in Page(page(empty)).texts["h1"]
    assert mermaid(empty).startswith("flowchart LR\n") and dot(empty).endswith("}\n")


# --- with the real programs, where there are any --------------------------------------------


@pytest.mark.skipif(shutil.which("dot") is None, reason="graphviz is not installed")
def test_graphviz_takes_the_dot(tmp_path: Path, sixty: Graph) -> None:
    found = graph(write(tmp_path, {"a": [HOSTILE, "\\N", "b"], "b": []}, {}))
    for text in (dot(found), dot(sixty), dot(Graph((), ()))):
        done = subprocess.run(["dot", "-Tplain"], input=text.encode(), capture_output=True)
        assert done.returncode == 0 and not done.stderr, done.stderr.decode()


@pytest.mark.slow
def test_a_browser_shows_the_page(tmp_path: Path, sixty: Graph) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("neither chromium nor google-chrome is installed")
    (tmp_path / "page.html").write_text(page(sixty), encoding="utf-8", errors="backslashreplace")
    picture = tmp_path / "page.png"
    blank = tmp_path / "blank.png"
    (tmp_path / "blank.html").write_text("<!DOCTYPE html><title></title>")
    for source, target in (("page.html", picture), ("blank.html", blank)):
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1400,900",
             f"--user-data-dir={tmp_path / 'profile'}", f"--screenshot={target}",
             (tmp_path / source).as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    assert picture.read_bytes().startswith(b"\x89PNG")
    # A picture of one colour packs to a few kilobytes.
    assert picture.stat().st_size > 5 * blank.stat().st_size
