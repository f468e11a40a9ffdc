"""What type checkers must accept and refuse. Checked by mypy --strict and pyright, never run.

`# type: ignore[code]` marks what must be an error: mypy warns of one that is unused, and pyright is
told by reportUnnecessaryTypeIgnoreComment.
"""

import asyncio
import functools
from collections.abc import Callable
from typing import assert_type

from daemonbase import (
    SYSTEM_READY,
    DaemonBase,
    DaemonStats,
    Deferred,
    Event,
    EventBus,
    LiveHandle,
    Registration,
    State,
    Subscription,
    Supervisor,
    SystemReady,
    Unsubscribe,
    acquires,
    cooperative,
    live,
    mark_process_lifetime,
    registers,
    releases,
    run,
)


class User:
    name: str


CREATED = Event[User]("user:created")


class Emitter:
    def on(self, event: str, callback: Callable[[bytes], None]) -> None: ...
    def off(self, event: str, callback: Callable[[bytes], None]) -> None: ...


class Disposable:
    def dispose(self) -> None: ...


class Nothing:
    pass


class Feed(DaemonBase):
    name = "feed"
    cleanup_timeout = 3.0

    def __init__(self, emitter: Emitter) -> None:
        super().__init__(bus=EventBus())
        self.emitter = emitter

    async def initialize(self) -> None:
        assert_type(self.subscribe(CREATED, self.on_user), LiveHandle)
        assert_type(self.subscribe(CREATED, self.on_user_later), LiveHandle)
        self.subscribe("anything", self.on_user)
        self.subscribe(SYSTEM_READY, self.on_ready)
        self.subscribe(CREATED, self.on_bytes)  # type: ignore[arg-type]
        self.subscribe(CREATED, self.nothing)  # type: ignore[arg-type]

        self.emitter.on("data", self.on_bytes)
        assert_type(self.register_pair(self.emitter.off, "data", self.on_bytes), Registration)
        self.register_pair(self.emitter.off, "data")  # type: ignore[call-arg]
        self.register_pair(self.emitter.off, 3, self.on_bytes)  # type: ignore[arg-type]

        assert_type(self.register_subscription(Disposable()), Disposable)
        self.register_subscription(self.nothing)
        self.register_subscription(self.tick)
        self.register_subscription(functools.partial(print, "x"))
        self.register_subscription(asyncio.get_running_loop().call_later(1, print))
        self.register_subscription(Nothing())  # type: ignore[type-var]
        self.register_subscription(None)  # type: ignore[type-var]

        self.register_interval("tick", self.tick, 5, jitter=0.5, immediate=True)
        self.register_interval("sync", self.nothing, 0.5, on_error=self.on_error)
        self.register_interval("x", self.on_user, 5)  # type: ignore[arg-type]
        self.register_interval("x", self.tick, "5")  # type: ignore[arg-type]
        self.register_interval("x", self.tick, 5, True)  # type: ignore[call-arg]
        assert_type(self.clear_interval("tick"), bool)

        assert_type(self.register_task(self.count()), asyncio.Task[int])
        assert_type(self.register_task(asyncio.create_task(self.count())), asyncio.Task[int])
        self.register_task(self.count)  # type: ignore[arg-type]

        assert_type(self.on_daemon_ready("data", self.tick, timeout=30), LiveHandle)
        deferred = self.defer_initialization(self.tick, 1)
        assert_type(deferred, Deferred)
        deferred.cancel()

    def on_user(self, user: User) -> None: ...
    async def on_user_later(self, user: User) -> None: ...
    def on_ready(self, payload: SystemReady) -> None:
        assert_type(payload["daemon"], str)

    def on_bytes(self, data: bytes) -> None: ...
    def on_error(self, error: BaseException) -> None: ...
    def nothing(self) -> None: ...
    async def tick(self) -> None: ...
    async def count(self) -> int:
        return 1

    async def cleanup(self) -> None: ...


class Wrong(DaemonBase):
    async def shutdown(self) -> None: ...  # type: ignore[misc, override]


async def use() -> None:
    bus = EventBus()
    handle = bus.subscribe(CREATED, lambda user: print(user.name))
    assert_type(handle, Subscription)
    with handle as inside:
        assert_type(inside, Subscription)
    await bus.emit(CREATED, User())
    await bus.emit("anything")
    await bus.emit(CREATED, "Ada")  # type: ignore[misc]
    await bus.emit(CREATED)  # type: ignore[call-overload]
    assert_type(bus.emit_nowait("x", 3), asyncio.Task[None] | None)
    bus.subscribe_prefix("user:", lambda event, payload: print(event.upper(), payload))

    async with Feed(Emitter()) as feed:
        assert_type(feed, Feed)
        stats = feed.stats()
        assert_type(stats, DaemonStats)
        assert_type(stats["state"], State)
        assert_type(stats["intervals"]["tick"]["missed"], int)
        assert_type(feed.unregister_subscription(handle), bool)
    async with Supervisor(feed, ready_timeout=5) as supervisor:
        assert_type(supervisor, Supervisor)
    assert_type(await Supervisor(feed).serve(), int)
    assert_type(live(), list[DaemonBase])
    assert_type(mark_process_lifetime(feed), Feed)


@acquires
def connect(handler: Callable[[], None]) -> Unsubscribe:
    return handler


@acquires("interval", owned=True)
def every(seconds: float) -> None: ...


@registers
def keep(handle: Unsubscribe) -> None: ...


@releases
def drop(handle: Unsubscribe) -> None: ...


@cooperative
def stop() -> None: ...


assert_type(connect(print), Unsubscribe)
every("5")  # type: ignore[arg-type]
assert_type(run(Feed(Emitter())), int)
