"""textual stops a widget's own timers and calls `on_*` along the MRO: calling super is wrong."""
# rule: DMN102, DMN201

import asyncio

from textual.app import App
from textual.widget import Widget


class Clock(Widget):
    def on_mount(self) -> None:
        self.set_interval(1, self.refresh)
        self.kept = asyncio.get_running_loop().call_later(1, print)
        asyncio.get_running_loop().call_later(1, print)  # error: DMN102

    def on_unmount(self) -> None:
        self.kept.cancel()


class Big(Clock):
    def on_unmount(self) -> None:
        print("gone")


class Main(App):
    def on_mount(self) -> None:
        self.set_timer(1, print)
        self.run_worker(self.work())

    async def work(self) -> None: ...
