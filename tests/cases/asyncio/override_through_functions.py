"""Functions of the module, and a decorator, that call the base on what they are given."""
# rule: DMN201, DMN202

import functools
from collections.abc import Callable
from typing import Any


def then_super(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def run(self: Any) -> Any:
        function(self)
        owner = next(cls for cls in type(self).__mro__ if function.__name__ in vars(cls))
        return getattr(super(owner, self), function.__name__)()

    return run


class Plug:
    on = True

    def close(self) -> None:
        self.on = False

    async def aclose(self) -> None:
        self.on = False


def close_plug(plug: Plug) -> None:
    Plug.close(plug)


async def aclose_plug(plug: Plug, how: str) -> None:
    print(how)
    await Plug.aclose(plug)


def forget(plug: Plug) -> None:
    print("forgotten", plug)


class Good(Plug):
    def close(self) -> None:
        close_plug(self)

    async def aclose(self) -> None:
        await aclose_plug(self, "fast")


class Wrapped(Plug):
    @then_super
    def close(self) -> None:
        self.rows = ()


class Bad(Plug):
    def close(self) -> None:  # error: DMN201
        forget(self)

    async def aclose(self) -> None:  # error: DMN202
        if self.rows:
            await aclose_plug(self, "slow")
