"""The super call passes what the base does not take, or lacks what it needs."""
# rule: DMN204
from __future__ import annotations


class Channel:
    """A channel."""

    code = 0

    def close(self, code: int) -> None:
        self.code = code

    async def stop(self) -> None:
        self.code = 1

    def disconnect(self, *, reason: str = "") -> None:
        self.code = len(reason)

    def terminate(self, code: int = 0) -> None:
        self.code = code


class LoggedChannel(Channel):
    """TypeError in each of them."""

    def close(self, code: int) -> None:
        print("closing", code)
        super().close()  # error: DMN204

    async def stop(self, force: bool = False) -> None:
        await super().stop(force=force)  # error: DMN204

    def disconnect(self, *, reason: str = "") -> None:
        super().disconnect(reason)  # error: DMN204

    def terminate(self, code: int = 0) -> None:
        Channel.terminate(code)  # error: DMN204
