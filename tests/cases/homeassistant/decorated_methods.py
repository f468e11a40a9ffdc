"""What a decorator puts in a method's place acquires for the method's object."""
# rule: DMN102

from collections.abc import Callable
from typing import TypeVar

from homeassistant.helpers.entity import Entity
from homeassistant.helpers.event import async_call_later


class Appliance(Entity):
    pass


_ApplianceT = TypeVar("_ApplianceT", bound=Appliance)


def retried(func: Callable) -> Callable:
    async def wrapper(self: _ApplianceT) -> None:
        async def again(now: object = None) -> None:
            try:
                await func(self)
            except ConnectionError:
                async_call_later(self.hass, 60, again)  # error: DMN102

        await again()

    return wrapper


def retried_while_there(func: Callable) -> Callable:
    async def wrapper(self: Appliance) -> None:
        async def again(now: object = None) -> None:
            try:
                await func(self)
            except ConnectionError:
                self.async_on_remove(async_call_later(self.hass, 60, again))

        await again()

    return wrapper
