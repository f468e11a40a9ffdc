"""Whatever the input, the core answers with findings inside the file, and never with a crash.

The default run is small; `-m slow` runs many more inputs of the same kinds. All of it is seeded:
a failure names its input, and happens again.
"""

from __future__ import annotations

import io
import re
import time
import tokenize
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daemon_lint import check_source
from daemon_lint.findings import Finding
from fuzz import nasty
from fuzz.mutate import mutated

CASES = Path(__file__).parent.parent / "cases"
LIMIT = 10.0  # seconds for one input: far above what any needs, far below a blow-up of paths
FEW, MANY = 300, 6000
CHUNK = 500


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A path in an empty folder, so that nothing else is in the project."""
    return tmp_path_factory.mktemp("fuzz") / "fuzzed.py"


@pytest.fixture(scope="module")
def seeds() -> list[bytes]:
    """Real case files, and some that are made to hurt."""
    files = sorted(CASES.rglob("*.py"))
    made = [data for _, data in (*nasty.strange_sources(), *nasty.cyclic_sources())]
    return [file.read_bytes() for file in files] + [data for data in made if len(data) < 5000]


def text_lines(data: bytes) -> list[str] | None:
    """The lines as Python counts them, or None if the bytes are no text."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        text = data.decode(encoding)
    except (SyntaxError, UnicodeError, LookupError, ValueError):
        return None
    return re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))


def assert_sound(data: bytes, findings: Sequence[Finding], path: Path) -> None:
    """No internal error, one DMN002 at most, and every place lies inside the file."""
    codes = [finding.code for finding in findings]
    assert "DMN001" not in codes, [finding.message for finding in findings]
    assert codes.count("DMN002") <= 1
    if "DMN002" in codes:
        assert len(codes) == 1, codes
    lines = text_lines(data)
    for finding in findings:
        finding.message.encode()  # a lone surrogate could not be printed
        assert finding.path == str(path)
        start, end = (finding.line, finding.column), (finding.end_line, finding.end_column)
        assert start >= (1, 1) and end >= start, finding
        assert finding.column >= 1 and finding.end_column >= 1
        if lines is not None:
            assert finding.end_line <= len(lines), finding
            assert finding.column <= len(lines[finding.line - 1]) + 1, finding
            assert finding.end_column <= len(lines[finding.end_line - 1]) + 1, finding
        for step in finding.trace:
            step.message.encode()
            assert step.line >= 1
            if lines is not None and step.path == finding.path:
                assert step.line <= len(lines), step


def check(data: bytes, path: Path) -> list[Finding]:
    """Lint the bytes, see that the answer is sound and came in time, and return it."""
    began = time.perf_counter()
    findings = check_source(data, path)
    took = time.perf_counter() - began
    assert_sound(data, findings, path)
    assert took < LIMIT, f"{took:.1f} s"
    return findings


@pytest.mark.parametrize(
    "data", [pytest.param(data, id=name) for name, data in nasty.strange_sources()]
)
def test_strange_text(data: bytes, place: Path) -> None:
    check(data, place)


@pytest.mark.parametrize(
    "data", [pytest.param(data, id=name) for name, data in nasty.cyclic_sources()]
)
def test_circles(data: bytes, place: Path) -> None:
    check(data, place)


DEEP = list(nasty.deep_sources())


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(data, id=name, marks=[] if number % 5 == 0 else pytest.mark.slow)
        for number, (name, data) in enumerate(DEEP)
    ],
)
def test_deep_and_wide(data: bytes, place: Path) -> None:
    check(data, place)


def test_the_seed_body_has_findings(place: Path) -> None:
    """Or the inputs above would only try the way out before the rules."""
    findings = check(nasty.within("pass").encode(), place)
    assert {"DMN101", "DMN102"} <= {finding.code for finding in findings}


def mutate_and_check(numbers: range, seeds: list[bytes], path: Path) -> None:
    for number in numbers:
        data = mutated(number, seeds)
        try:
            check(data, path)
        except BaseException as error:
            error.add_note(f"mutation {number} of {len(seeds)} seeds: {data!r}")
            raise


def test_mutations(seeds: list[bytes], place: Path) -> None:
    mutate_and_check(range(FEW), seeds, place)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(FEW, MANY, CHUNK))
def test_many_mutations(start: int, seeds: list[bytes], place: Path) -> None:
    mutate_and_check(range(start, min(start + CHUNK, MANY)), seeds, place)


FRAGMENTS = st.sampled_from(nasty.FRAGMENTS)
BLOCK = st.lists(st.tuples(st.integers(0, 4), FRAGMENTS), max_size=25)


@st.composite
def programs(draw: st.DrawFn) -> bytes:
    """Lines of daemon code at chosen indents, mended so that many of them parse."""
    lines, indent = [], 0
    for wanted, fragment in draw(BLOCK):
        indent = min(wanted, indent)
        lines.append("    " * indent + fragment)
        indent += fragment.endswith(":")
    lines.append("    " * indent + "pass")
    return "\n".join(lines).encode()


ANY = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text(alphabet="()[]{}:,.= \n\tasyncdefl'\"#\\@*", max_size=200).map(str.encode),
    programs(),
    programs(),
)
QUICK = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@QUICK
@given(data=ANY)
def test_any_bytes(data: bytes, place: Path) -> None:
    check(data, place)


@pytest.mark.slow
@settings(QUICK, max_examples=5000)
@given(data=ANY)
def test_many_bytes(data: bytes, place: Path) -> None:
    check(data, place)


@QUICK
@given(text=st.text(max_size=100))
def test_text_as_an_editor_sends_it(text: str, place: Path) -> None:
    """A str may hold lone surrogates and any line end."""
    head = nasty.within(f"x = {text!r}") if len(text) % 2 else ""
    findings = check_source(head + text, place)
    assert "DMN001" not in [finding.code for finding in findings]
