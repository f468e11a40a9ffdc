"""A method that returns the handle: who calls it keeps it, by hand or not."""
# rule: DMN106

from daemonbase import DaemonBase, Unsubscribe


class ChatDaemon(DaemonBase):
    def _listen(self, room: str) -> Unsubscribe:
        return self.bus.subscribe(f"chat:{room}", print)

    async def initialize(self) -> None:
        self._hall = self._listen("hall")  # error: DMN106
        self.register_subscription(self._listen("yard"))

    async def cleanup(self) -> None:
        self._hall()
