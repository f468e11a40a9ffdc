"""Coroutines of DaemonBase itself, dropped."""
# rule: DMN203
from daemonbase import DaemonBase


class A(DaemonBase):
    async def aclose(self) -> None:
        super().aclose()  # error: DMN203


class B(DaemonBase):
    async def __aexit__(self, *exc: object) -> None:
        super().__aexit__(*exc)  # error: DMN203


class C(DaemonBase):
    async def initialize(self) -> None:
        super().initialize()  # error: DMN203
        self.subscribe("x", print)
