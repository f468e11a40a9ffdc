"""Guards that ask something else: a finalizer, a match over a flag, a mark in a list, a method."""
# rule: DMN202

import weakref


class Base:
    n = 1

    def close(self) -> None:
        self.n = 0

    def stop(self) -> None:
        self.n = 0

    def shutdown(self) -> None:
        self.n = 0

    def disconnect(self) -> None:
        self.n = 0

    def dispose(self) -> None:
        self.n = 0


class Leaf(Base):
    def __init__(self) -> None:
        self._finalizer = weakref.finalize(self, print)
        self._over = False
        self._left: list[str] = []
        self._pipe: object | None = None
        self.rows = 0

    def has_pipe(self) -> bool:
        return self._pipe is not None

    def close(self) -> None:
        if not self._finalizer.alive:
            return
        super().close()

    def stop(self) -> None:
        match self._over:
            case True:
                return
            case False:
                self._over = True
                super().stop()

    def shutdown(self) -> None:
        if self._left:
            return
        self._left.append("shutdown")
        super().shutdown()

    def disconnect(self) -> None:
        if not self.has_pipe():
            return
        self._pipe = None
        super().disconnect()

    def dispose(self) -> None:  # error: DMN202
        match self.rows:
            case 1:
                return
            case _:
                print("left")
        if self.rows > 2:
            super().dispose()
