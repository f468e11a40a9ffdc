"""Final methods, overridden."""
# rule: DMN206
import typing as t
from typing import final
from typing import final as sealed


class Service:
    def __init__(self) -> None:
        self._steps: list[str] = []

    @final
    async def run(self) -> None:
        self._steps.append("run")
        await self.work()

    async def work(self) -> None:
        """What the service does."""

    @t.final
    def stop(self) -> None:
        self._steps.append("stop")

    @property
    @sealed
    def steps(self) -> list[str]:
        return list(self._steps)

    @sealed
    def describe(self) -> str:
        return "; ".join(self._steps)


class MailService(Service):
    async def work(self) -> None:
        print("sending")

    async def run(self) -> None:  # error: DMN206
        await super().run()


class SpamService(MailService):
    def stop(self) -> None:  # error: DMN206
        print("stopping")
        super().stop()

    def describe(self) -> str:  # error: DMN206
        return "spam"
