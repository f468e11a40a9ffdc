"""Strict daemons that keep what they registered may assign the name again."""
# rule: DMN104

from daemonbase import DaemonBase


class LampDaemon(DaemonBase):
    async def initialize(self) -> None:
        self._last = self.subscribe("lamp:on", print)
        self._last = self.subscribe("lamp:off", print)
        for name in ("red", "green"):
            task = self.register_task(self.glow(name))
            print(task)
        self.register_interval("blink", self.blink, 1)
        self.register_interval("blink-slowly", self.blink, 10)

    async def glow(self, name: str) -> None:
        print(name)

    def blink(self) -> None:
        print("blink")
