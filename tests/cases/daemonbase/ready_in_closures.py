"""A nested function or a lambda as the filter; and the right way."""
# rule: DMN301

from daemonbase import DaemonBase


class Data(DaemonBase):
    name = "data"


class Nested(DaemonBase):
    async def initialize(self) -> None:
        def on_ready(payload: dict[str, str]) -> None:
            if payload["daemon"] == "data":
                print("ready")

        self.subscribe("system:ready", on_ready)  # error: DMN301
        self.subscribe("system:ready", lambda it: it["daemon"] == "data" and print(it))  # error: DMN301


class Right(DaemonBase):
    async def initialize(self) -> None:
        self.on_daemon_ready("data", self.begin)

    async def begin(self) -> None: ...
