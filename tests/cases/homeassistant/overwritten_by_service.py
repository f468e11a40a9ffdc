"""A service may be called again before the timer fires: the field then holds two."""
# rule: DMN104

from homeassistant.components.switch import SwitchEntity
from homeassistant.helpers.event import async_call_later


class Bell(SwitchEntity):
    _off = None

    async def async_turn_on(self, **kwargs: object) -> None:
        self._off = async_call_later(self.hass, 5, self._ring_off)  # error: DMN104

    async def _ring_off(self, now: object) -> None:
        self._off = None

    async def async_will_remove_from_hass(self) -> None:
        if self._off:
            self._off()


class PoliteBell(SwitchEntity):
    _off = None

    async def async_turn_on(self, **kwargs: object) -> None:
        if self._off:
            self._off()
        self._off = async_call_later(self.hass, 5, self._ring_off)

    async def _ring_off(self, now: object) -> None:
        self._off = None

    async def async_will_remove_from_hass(self) -> None:
        if self._off:
            self._off()
