"""Functions nested in the one that is followed: what they discharge of the names around them."""

from __future__ import annotations

from daemon_lint.fates import everything
from daemon_lint.summary import FunctionSummary


def discharges(summary: FunctionSummary) -> dict[str, frozenset[str]]:
    """For each nested function, the outer names that it releases, hands on, keeps or returns.

    What a nested function calls beside it counts as its own.
    """
    own = {
        name: {
            use.subject
            for part in everything(inner)
            for use in part.uses
            if use.subject not in part.params and use.verb != "method"
        }
        for name, inner in summary.nested.items()
    }
    beside = {
        name: own.keys() & {call for part in everything(inner) for call in part.calls}
        for name, inner in summary.nested.items()
    }
    changed = True
    while changed:
        changed = False
        for name, others in beside.items():
            found = set[str]().union(*(own[other] for other in others))
            if not found <= own[name]:
                own[name] |= found
                changed = True
    return {name: frozenset(found) for name, found in own.items()}
