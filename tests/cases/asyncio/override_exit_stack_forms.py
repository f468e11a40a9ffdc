"""ExitStack subclasses: each end alone."""
# rule: DMN201, DMN203
import contextlib


class A(contextlib.ExitStack):
    """A."""

    def __exit__(self, *details: object) -> bool:  # error: DMN201
        print(details)
        return False


class B(contextlib.AsyncExitStack):
    """B."""

    async def __aexit__(self, *details: object) -> bool:  # error: DMN201
        print(details)
        return False


class C(contextlib.AsyncExitStack):
    """C."""

    async def aclose(self) -> None:  # error: DMN201
        print("closing")


class D(contextlib.AsyncExitStack):
    """D."""

    async def __aexit__(self, *details: object) -> bool:
        super().__aexit__(*details)  # error: DMN203
        return False
