"""Overrides that reach the base, or whose base does nothing."""
# rule: DMN201

import abc
from typing import Protocol


class Closable(Protocol):
    def close(self) -> None: ...


class Abstract(abc.ABC):
    @abc.abstractmethod
    def close(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        pass

    def shutdown(self) -> None:
        """Nothing to shut down."""

    def disconnect(self) -> None:
        return None


class Concrete(Abstract):
    def close(self) -> None:
        print("closing")

    def stop(self) -> None:
        print("stopping")

    def shutdown(self) -> None:
        print("shutting down")

    def disconnect(self) -> None:
        print("disconnecting")


class Guarded(Concrete):
    closed = False

    def close(self) -> None:
        if self.closed:
            return
        self.closed = True
        super().close()


class OtherMethods(Concrete):
    def render(self) -> str:
        return "rendered"
