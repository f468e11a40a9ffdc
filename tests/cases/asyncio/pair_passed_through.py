"""A facade passes its caller's callback on; an object given to a pair may have its own end."""
# rule: DMN101

from collections.abc import Callable


class Handler:
    def __init__(self, name: str, stream: "Stream") -> None:
        self.name = name
        self.stream = stream

    def stop(self) -> None:
        self.stream.remove_handler(self.name)


class Stream:
    def __init__(self) -> None:
        self._handlers: list[Handler] = []
        self._callbacks: list[Callable[[], None]] = []

    def add_handler(self, handler: Handler) -> None:
        self._handlers.append(handler)

    def remove_handler(self, name: str) -> None:
        self._handlers = [item for item in self._handlers if item.name != name]

    def add_callback(self, callback: Callable[[], None], *, once: bool = False) -> None:
        self._callbacks.append(callback)

    def remove_callback(self, callback: Callable[[], None]) -> None:
        self._callbacks.remove(callback)


class Client:
    def __init__(self, stream: Stream) -> None:
        self.stream = stream

    def on_message(self, callback: Callable[[], None]) -> None:
        self.stream.add_callback(callback)

    def collect(self) -> Callable[[], None]:
        collector = Handler("offline", self.stream)
        self.stream.add_handler(collector)

        def finish() -> None:
            collector.stop()

        return finish

    def draw(self) -> None: ...

    def arm(self) -> None:
        self.stream.add_callback(self.draw, once=True)

    def track(self) -> None:
        def note() -> None:
            self.draw()

        self.stream.add_callback(note)  # error: DMN101

    def close(self) -> None:
        print("closed")
