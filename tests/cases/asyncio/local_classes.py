"""Classes that functions and methods define, and two of one name: each is a class like any other."""
# rule: DMN102, DMN103, DMN201

import asyncio


class Base:
    rows = 0

    def close(self) -> None:
        self.rows = 0


def make(quiet: bool) -> Base:
    class Loud(Base):
        def close(self) -> None:  # error: DMN201
            self.noise = False

    class Quiet(Base):
        def close(self) -> None:
            super().close()

    class Quieter(Quiet):
        def start(self) -> None:
            self.good = asyncio.create_task(asyncio.Event().wait())
            self.bad = asyncio.create_task(asyncio.Event().wait())  # error: DMN103

        def close(self) -> None:
            self.good.cancel()
            super().close()

    return Quieter() if quiet else Loud()


class Server:
    def factory(self) -> type[asyncio.Protocol]:
        outer = self

        class Line(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                loop = asyncio.get_running_loop()
                self.kept = loop.call_later(5, print, outer)
                self.lost = loop.call_later(5, print, transport)  # error: DMN102

            def connection_lost(self, exc: Exception | None) -> None:
                self.kept.cancel()

        return Line


try:
    import uvloop

    class Leaf(Base):
        def close(self) -> None:  # error: DMN201
            print(uvloop)

except ImportError:

    class Leaf(Base):
        def close(self) -> None:
            super().close()
