"""What holds for every test of the runtime."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def no_garbage_of_others() -> Iterator[None]:
    """What a test abandons, a closed loop with its tasks, must not speak up in a later one.

    asyncio logs a pending task when it is collected, in whichever test that happens to be.
    """
    yield
    gc.collect()
