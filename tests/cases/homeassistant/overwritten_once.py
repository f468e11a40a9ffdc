"""Set-up runs once for each entity, so the field is assigned once."""
# rule: DMN104

from homeassistant.core import callback
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.event import async_call_later, async_track_state_change_event


class Mirror(Entity):
    _unsub = None
    _timer = None

    async def async_added_to_hass(self) -> None:
        self._unsub = async_track_state_change_event(self.hass, ["sun.sun"], self._changed)

    @callback
    def _changed(self, event: object) -> None:
        if self._timer is None:
            self._timer = async_call_later(self.hass, 5, self._later)

    @callback
    def _later(self, now: object) -> None:
        self._timer = None

    async def async_will_remove_from_hass(self) -> None:
        if self._unsub:
            self._unsub()
        if self._timer:
            self._timer()
