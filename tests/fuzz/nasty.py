"""Sources made to hurt: deep, wide, many-pathed, cyclic, or in a strange encoding."""

from __future__ import annotations

from collections.abc import Iterator

BODY = """\
import asyncio
from daemonbase import DaemonBase

class Nasty(DaemonBase):
    async def initialize(self):
        self.kept = self.bus.subscribe("a", self.react)
        self.bus.subscribe("b", self.react)
        asyncio.create_task(self.work(), name="n")
{inside}

    async def work(self):
        while True:
            await asyncio.sleep(1)

    async def shutdown(self):
        await super().shutdown()
        self.kept()
"""
FRAGMENTS = r"""
import asyncio
from daemonbase import DaemonBase
from x import *
class A(DaemonBase):
class B(A):
class C(A, B):
def f(self):
async def shutdown(self):
def __init__(self):
async def initialize(self):
self.h = self.bus.subscribe('a', f)
self.bus.subscribe('a', f)
h = asyncio.create_task(f())
asyncio.create_task(f())
self.register_subscription(h)
h()
loop.call_later(1, f)
h.cancel()
await h
return h
yield h
await super().shutdown()
super().__init__()
self.hs.append(h)
for h in self.hs:
while self.hs:
self.hs.pop()()
if h is not None:
else:
elif h:
try:
except Exception as h:
finally:
raise
with h as self.h:
async with asyncio.TaskGroup() as g:
match h:
case [h, *self.x]:
case _:
break
continue
pass
global h
nonlocal h
del h
lambda: h()
@f
self.h = h
h = self.h = x
(h := f())
h, self.h = f(), h
*h, = f
h: int
type X = h
# noqa: DMN101
'''
x = f'{h()}'
return [h() for h in hs]
await asyncio.sleep(1)
while True:
async for h in g:
assert h
h += asyncio.create_task(h)
é = '😀'; h()
""".strip().splitlines()
DEPTHS = (90, 900, 3000)


def within(*lines: str) -> str:
    """The body with these lines in the method that acquires."""
    return BODY.format(inside="\n".join(" " * 8 + line for line in lines))


def expressions(depth: int) -> Iterator[tuple[str, str]]:
    """Expressions nested so deep, some of them such as real programs hold."""
    task = "asyncio.create_task(self.work())"
    yield "parentheses", "(" * depth + task + ")" * depth
    yield "brackets", "[" * depth + task + "]" * depth
    yield "calls", "f(" * depth + task + ")" * depth
    yield "call chain", task + ".then()" * depth
    yield "called calls", "f" + "()" * depth
    yield "attributes", "self" + ".a" * depth
    yield "subscripts", "self" + "[0]" * depth
    yield "sum", " + ".join(["'x'"] * depth)
    yield "power", " ** ".join(["2"] * depth)
    yield "minus", "-" * depth + "1"
    yield "not", "not " * depth + "1"
    yield "lambdas", "lambda: " * depth + task
    yield "conditionals", "a if b else " * depth + task
    yield "and", " and ".join([task] * min(depth, 500))
    yield "comparisons", " < ".join(["a"] * depth)
    yield "walrus", "(a := " * depth + task + ")" * depth
    yield "starred", "[*" * depth + "a" + "]" * depth
    yield "comprehension", "[a " + "for a in b " * depth + "]"
    yield "f-strings", "".join(["f'{a}' "] * depth)
    yield "awaits", "await " * depth + task
    yield "dicts", "{1: " * depth + task + "}" * depth
    yield "gathered", "asyncio.gather(" + ", ".join([task] * min(depth, 500)) + ")"


def statements(depth: int) -> Iterator[tuple[str, list[str]]]:
    """Statements nested or repeated so often."""
    subscribe = "h = self.bus.subscribe('a', self.react)"
    yield "elif", ["if a == 0:", "    " + subscribe] + ["elif a == 1:", "    h()"] * depth
    yield "branches", ["if a:", "    " + subscribe, "else:", "    h = None"] * min(depth, 300)
    yield "released", [subscribe, "if a:", "    h()"] * min(depth, 300)
    yield "loops", ["for a in b:", "    " + subscribe, "    if a: break"] * min(depth, 300)
    yield "tries", ["try:", "    " + subscribe, "finally:", "    h()"] * min(depth, 300)
    yield "cases", ["match a:", *["    case 1: h()"] * min(depth, 500)]
    yield "one line", ["; ".join([subscribe] * depth)]
    yield "names", [f"h{n} = self.bus.subscribe('a', self.react)" for n in range(min(depth, 500))]
    yield "aliases", [subscribe] + [f"h{n} = h" for n in range(min(depth, 500))] + ["h0()"]
    yield "chain", ["h = " * depth + "self.bus.subscribe('a', self.react)"]
    for word, after in (
        ("if a:", ""), ("for a in b:", ""), ("while a:", ""), ("with a as b:", ""),
        ("try:", "finally: h()"), ("try:", "except E: h()"), ("match a:", ""), ("def f():", ""),
        ("class A:", ""), ("async def f():", "f()"),
    ):  # fmt: skip
        yield f"nested {word} {after}".strip(), list(_nest(word, after, min(depth, 90)))


def _nest(word: str, after: str, depth: int) -> Iterator[str]:
    unit = " "
    step = 2 if word == "match a:" else 1  # a match has its cases between
    deepest = depth // step
    for level in range(deepest):
        yield unit * level * step + word
        if step == 2:
            yield unit * (level * step + 1) + "case 1:"
    yield unit * deepest * step + "h = self.bus.subscribe('a', self.react)"
    for level in reversed(range(deepest)) if after else ():
        yield unit * level * step + after


def deep_sources() -> Iterator[tuple[str, bytes]]:
    """Every nested form at every depth."""
    for depth in DEPTHS:
        for name, expression in expressions(depth):
            yield f"{name} {depth}", within(f"x = {expression}").encode()
            yield f"dropped {name} {depth}", within(f"self.bus.subscribe({expression})").encode()
        for name, lines in statements(depth):
            yield f"{name} {depth}", within(*lines).encode()


def strange_sources() -> Iterator[tuple[str, bytes]]:
    """Encodings, line ends and texts that few readers think of."""
    plain = within("x = 'é😀'; asyncio.create_task(self.work())")
    data = plain.encode()
    yield "plain", data
    yield "empty", b""
    yield "one null", b"\0"
    yield "newline", b"\n"
    yield "only mark", b"\xef\xbb\xbf"
    yield "only backslash", b"\\"
    yield "mark", b"\xef\xbb\xbf" + data
    yield "two marks", b"\xef\xbb\xbf" * 2 + data
    yield "utf-16", plain.encode("utf-16")
    yield "utf-32", plain.encode("utf-32")
    yield "utf-16 cookie", b"# coding: utf-16\n" + data
    yield "latin-1", b"# coding: latin-1\n" + plain.replace("😀", "").encode("latin-1")
    yield "latin-1 without cookie", plain.replace("😀", "").encode("latin-1")
    yield "mark and latin-1 cookie", b"\xef\xbb\xbf# coding: latin-1\n" + data
    yield "unknown cookie", b"# coding: no-such-codec\n" + data
    yield "codec that is no text", b"# coding: hex\n" + data
    yield "codec that fails", b"# coding: idna\n" + data
    yield "undefined codec", b"# coding: undefined\n" + data
    yield "unicode-escape cookie", b"# coding: unicode_escape\n" + data
    yield "cookie on line two", b"#!/bin/sh\n# vim: set fileencoding=cp1252 :\n" + data
    yield "crlf", data.replace(b"\n", b"\r\n")
    yield "lone cr", data.replace(b"\n", b"\r")
    yield "mixed ends", data.replace(b"\n", b"\r\n", 5)
    yield "form feeds", data.replace(b"\n\n", b"\n\x0c\n")
    yield "form feed before code", data.replace(b"        asyncio", b"\x0c        asyncio")
    yield (
        "vertical tab in text",
        data.replace("é".encode(), b"\x0b\x0c\x1c\x1d\x85".decode("latin-1").encode()),
    )
    yield "separators in text", data.replace("é".encode(), "\u2028\u2029\x85".encode())
    yield "null in text", data.replace(b"'b'", b"'\0'").replace(b'"b"', b'"\0"')
    yield "null at the end", data + b"\0"
    yield "control z", data + b"\x1a"
    yield "surrogate bytes", data.replace("é".encode(), b"\xed\xa0\x80")
    yield "surrogate escapes", data.replace("é".encode(), b"\\ud800")
    yield "surrogate event", data.replace(b'"b"', b'"\\ud800\\udc00"')
    yield "surrogate name", within("asyncio.create_task(self.work(), name='\\udcff')").encode()
    yield "wide names", data.replace(b"Nasty", "Ünïcödé".encode()).replace(b"kept", "ﬁeld".encode())
    yield "no last newline", data.rstrip(b"\n")
    yield "tabs", data.replace(b"        ", b"\t\t").replace(b"    ", b"\t")
    yield "tabs and spaces", data.replace(b"        ", b"\t")
    yield "continuation", data.replace(b"asyncio.create_task(", b"asyncio\\\n.create_task\\\n(")
    yield "multi-line call", data.replace(b'"b", self', b'"""b\n\n"""\n,\nself')
    yield "long line", within("x = '" + "é" * 100_000 + "'; asyncio.create_task(f())").encode()
    yield "long name", data.replace(b"Nasty", b"N" * 100_000)
    yield "huge number", within("x = 0x" + "f" * 50_000, "y = " + "9" * 5_000).encode()
    yield "open string", data + b"'''"
    yield "open bracket", data + b"asyncio.create_task("
    yield "suppressions", data.replace(b"\n", b"  # noqa: DMN101, # pylint: disable=\n")
    yield "python 2", b"print 'asyncio.create_task'\n" + data
    yield "not python", b"<html>asyncio.create_task(</html>"


HEAD = "import asyncio\nfrom daemonbase import DaemonBase\n"
LEAK = "    async def initialize(self):\n        self.bus.subscribe('a', self.f)\n"
OVER = "    async def shutdown(self):\n        self.x()\n"
CIRCLES = {
    "own base": """
class A(A):
LEAK
OVER
""",
    "two bases": """
class A(B):
LEAK
class B(A):
OVER
""",
    "no order": """
class X(DaemonBase): pass
class Y(DaemonBase): pass
class A(X, Y): pass
class B(Y, X): pass
class C(A, B):
LEAK
OVER
""",
    "base twice": """
class A(DaemonBase, DaemonBase):
LEAK
OVER
""",
    "computed base": """
class A(f(DaemonBase), *bases, metaclass=M):
LEAK
OVER
""",
    "own alias": """
A = A
B = C
C = B
class D(B, A):
LEAK
OVER
""",
    "own import": """
from .fuzzed import *
from fuzzed import DaemonBase
class D(DaemonBase):
LEAK
""",
    "far import": """
from ........ import a
from . import fuzzed as DaemonBase
class D(DaemonBase):
LEAK
""",
    "circling methods": """
class D(DaemonBase):
LEAK
    def f(self, h=None):
        return self.g(self.f(h))
    def g(self, h):
        self.h = self.bus.subscribe('a', self.g)
        return self.f(h)
    async def shutdown(self):
        self.f()
        self.g(self.h)
""",
    "circling functions": """
def f(h):
    return g(h)
def g(h):
    f(h)
    return asyncio.create_task(g(h))
class D(DaemonBase):
    def initialize(self):
        f(g(f(self.bus.subscribe('a', f))))
""",
    "class in a function in a class": """
class A(DaemonBase):
    def f(self):
        class A(A):
            class DaemonBase(A):
                def initialize(self):
                    self.bus.subscribe('a', self)
""",
    "odd signatures": """
class A(DaemonBase):
    def initialize():
        self.bus.subscribe('a', f)
    def cleanup(*args, **kw):
        super().cleanup(*args)
    async def start(self, /, *, bus=asyncio.create_task(f())):
        return super
    shutdown = lambda self: super().shutdown()
    stop = shutdown
    @staticmethod
    def close():
        self.bus.subscribe('a', f)
    @property
    async def aclose(self):
        yield asyncio.create_task(self)
""",
    "super in odd places": """
super().shutdown()
asyncio.create_task(super)
class A(DaemonBase):
    super().cleanup()
    def shutdown(self, x=super()):
        super(*a, **k).shutdown
        super(A).shutdown()
        super().__init__.__func__(self)
""",
}


def cyclic_sources() -> Iterator[tuple[str, bytes]]:
    """Names and classes that lead in circles or nowhere."""
    for name, text in CIRCLES.items():
        yield name, (HEAD + text.replace("LEAK\n", LEAK).replace("OVER\n", OVER)).encode()
    line = "".join(f"class C{n}(C{n - 1}):\n{OVER}" for n in range(1, 1100))
    yield (
        "long line of bases",
        (f"{HEAD}class C0(DaemonBase): pass\n{line}class Last(C1099):\n{LEAK}".encode()),
    )
    wide = "".join(f"class C{n}(DaemonBase):\n{OVER}" for n in range(200))
    names = ", ".join(f"C{n}" for n in range(200))
    yield "wide diamond", f"{HEAD}{wide}class Last({names}):\n{LEAK}".encode()
