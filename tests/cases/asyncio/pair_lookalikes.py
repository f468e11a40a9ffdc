"""Methods with the names of pairs that keep no callback."""
# rule: DMN101

from collections.abc import Callable


class Shop:
    def __init__(self) -> None:
        self.log: list[str] = []

    def add_handler(self, name: str) -> None:
        self.log.append(name)

    def remove_handler(self, name: str) -> None:
        self.log.remove(name)

    def on(self, callback: Callable[[], None]) -> None:
        callback()

    def off(self) -> None:
        self.log.clear()

    def add_callback(self, callback: Callable[[], None]) -> None:
        """Kept once, and there is no way to take it back."""
        self.callback = callback


class Customer:
    def __init__(self, shop: Shop) -> None:
        shop.add_handler("door")
        shop.on(self.call)
        shop.add_callback(self.call)

    def call(self) -> None: ...

    def close(self) -> None:
        print("closed")
