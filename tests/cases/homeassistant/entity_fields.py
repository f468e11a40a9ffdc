"""Fields of an entity: released on removal, released only when re-armed, released by a closure."""
# rule: DMN101, DMN102

from homeassistant.core import CALLBACK_TYPE
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.event import async_call_later, async_track_state_change_event


class Blind(Entity):
    _timer: CALLBACK_TYPE | None = None
    _delay: CALLBACK_TYPE | None = None

    async def async_added_to_hass(self) -> None:
        self._listener = async_track_state_change_event(self.hass, ["sun.sun"], self._changed)
        self._other = async_track_state_change_event(self.hass, ["zone.home"], self._changed)

        def drop() -> None:
            self._other()

        self.async_on_remove(drop)

    def open(self) -> None:
        self._cancel_timer()
        self._timer = async_call_later(self.hass, 5, self._changed)

    def close_later(self) -> None:
        if self._delay is not None:
            self._delay()
        self._delay = async_call_later(self.hass, 5, self._changed)  # error: DMN102

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer()
            self._timer = None

    def _changed(self, event: object) -> None:
        print(event)

    async def async_will_remove_from_hass(self) -> None:
        self._listener()
        self._cancel_timer()
