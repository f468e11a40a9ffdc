"""The ways of reaching the base that count."""
# rule: DMN201

from daemonbase import DaemonBase


class StoreDaemon(DaemonBase):
    async def initialize(self) -> None:
        self.register_interval("flush", self.flush, 5)

    async def cleanup(self) -> None:
        await self.flush()

    async def flush(self) -> None:
        print("flushed")


class Plain(StoreDaemon):
    async def cleanup(self) -> None:
        print("before")
        await super().cleanup()


class TwoArguments(StoreDaemon):
    async def cleanup(self) -> None:
        await super(TwoArguments, self).cleanup()


class ByName(StoreDaemon):
    async def cleanup(self) -> None:
        await StoreDaemon.cleanup(self)


class ThroughHelper(StoreDaemon):
    async def cleanup(self) -> None:
        await self._close_all()

    async def _close_all(self) -> None:
        await super().cleanup()


class OnEveryBranch(StoreDaemon):
    fast = False

    async def cleanup(self) -> None:
        if self.fast:
            await super().cleanup()
        else:
            print("slowly")
            await super().cleanup()


class InFinally(StoreDaemon):
    async def cleanup(self) -> None:
        try:
            print("closing")
        finally:
            await super().cleanup()
