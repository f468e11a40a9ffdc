"""__aexit__ of the base is dropped; its result would have been the verdict on the exception."""
# rule: DMN203
from __future__ import annotations


class Session:
    """A session."""

    open = True

    async def __aenter__(self) -> Session:
        return self

    async def __aexit__(self, *exc: object) -> bool:
        self.open = False
        return True


class BadSession(Session):
    """`return` without `await`, in an async def: the caller gets a coroutine, which is true."""

    async def __aexit__(self, *exc: object) -> bool:
        print("leaving")
        super().__aexit__(*exc)  # error: DMN203
        return False


class GoodSession(Session):
    """With await."""

    async def __aexit__(self, *exc: object) -> bool:
        print("leaving")
        return await super().__aexit__(*exc)
