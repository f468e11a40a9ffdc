"""The same entity, with every handle given to async_on_remove."""
# rule: DMN101, DMN102

from datetime import timedelta

from homeassistant.components.sensor import SensorEntity
from homeassistant.core import Event, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_track_state_change_event, async_track_time_interval


class PowerSensor(SensorEntity):
    async def async_added_to_hass(self) -> None:
        self.async_on_remove(
            async_track_state_change_event(self.hass, ["sensor.meter"], self._changed)
        )
        unsubscribe = async_dispatcher_connect(self.hass, "power", self._update)
        self.async_on_remove(unsubscribe)
        for event in ("power", "voltage"):
            self.async_on_remove(self.hass.bus.async_listen(event, self._changed))
        self._own(async_track_time_interval(self.hass, self._update, timedelta(minutes=1)))

    def _own(self, unsubscribe) -> None:
        self.async_on_remove(unsubscribe)

    @callback
    def _changed(self, event: Event) -> None:
        print(event)

    def _update(self, now: object) -> None:
        print(now)
