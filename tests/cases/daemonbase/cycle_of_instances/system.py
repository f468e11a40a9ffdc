"""The names are given where the daemons are made."""
# rule: DMN304
# case: multi-file

from daemonbase import DaemonBase, run


class Reader(DaemonBase):
    async def initialize(self) -> None:
        self.on_daemon_ready("printer-1", self.begin)

    async def begin(self) -> None: ...


class Printer(DaemonBase):
    async def initialize(self) -> None:
        def later(payload: object) -> None:
            self.on_daemon_ready("reader-1", self.begin)  # error: DMN304

        self.subscribe("paper:changed", later)

    async def begin(self) -> None: ...


if __name__ == "__main__":
    run(Reader("reader-1"), Printer(name="printer-1"))
