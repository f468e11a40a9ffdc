"""A generator over a plain method, an async generator over a coroutine: calling runs nothing."""
# rule: DMN205
from __future__ import annotations


class Sink:
    """Hooks only."""

    def close(self) -> None:
        """Hook."""

    async def aclose(self) -> None:
        """Hook."""

    def stop(self):
        """Yields the steps of stopping."""
        yield "base"


class StepSink(Sink):
    """Yields its steps."""

    steps = ("a", "b")

    def close(self):  # error: DMN205
        for step in self.steps:
            yield step

    async def aclose(self):  # error: DMN205
        for step in self.steps:
            yield step

    def stop(self):
        yield "more"
        yield from super().stop()


class PlainSink(Sink):
    """A list instead of a generator, and a generator that is only an inner one."""

    def close(self) -> None:
        def steps():
            yield "a"

        print(list(steps()), [step for step in "ab"], sum(1 for _ in "ab"))
