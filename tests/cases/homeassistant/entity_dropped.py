"""An entity that drops the handles of what it listens to."""
# rule: DMN101, DMN102

from datetime import timedelta

from homeassistant.components.sensor import SensorEntity
from homeassistant.core import Event, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_track_state_change_event, async_track_time_interval


class PowerSensor(SensorEntity):
    async def async_added_to_hass(self) -> None:
        async_track_state_change_event(self.hass, ["sensor.meter"], self._changed)  # error: DMN101
        async_dispatcher_connect(self.hass, "power", self._update)  # error: DMN101
        self.hass.bus.async_listen("power", self._changed)  # error: DMN101
        async_track_time_interval(self.hass, self._update, timedelta(minutes=1))  # error: DMN102

    @callback
    def _changed(self, event: Event) -> None:
        print(event)

    def _update(self, now: object) -> None:
        print(now)
