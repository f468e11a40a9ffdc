"""Circles in a graph of who waits for whom."""

from __future__ import annotations


def cycles(edges: dict[str, set[str]]) -> list[list[str]]:
    """The shortest cycle through each knot of a graph, each once, from its least name."""
    found: dict[frozenset[str], list[str]] = {}
    for start in sorted(edges):
        paths = [[start]]
        seen = {start}
        while paths:
            path = paths.pop(0)
            hit = False
            for after in sorted(edges.get(path[-1], ())):
                if after == start:
                    found.setdefault(frozenset(path), path)
                    hit = True
                    break
                if after not in seen:
                    seen.add(after)
                    paths.append([*path, after])
            if hit:
                break
    known: list[list[str]] = []
    used: set[str] = set()
    for path in sorted(found.values(), key=len):
        if used.isdisjoint(path):
            known.append(path)
            used.update(path)
    return known
