"""Names that look like acquires and are none."""
# rule: DMN101, DMN102, DMN103

from daemonbase import DaemonBase


class Newsletter:
    def subscribe(self, address: str) -> None:
        print(address)


class Planner:
    def call_later(self, seconds: float) -> str:
        return f"in {seconds} s"

    def create_task(self, title: str) -> int:
        return len(title)


class MailDaemon(DaemonBase):
    async def initialize(self) -> None:
        letters = Newsletter()
        letters.subscribe("a@example.org")
        planner = Planner()
        planner.call_later(3)
        planner.create_task("write the report")
        listen(3)


def listen(port: int) -> None:
    print(port)
