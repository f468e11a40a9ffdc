"""A subscription that is awaited before it is a handle."""
# rule: DMN101

from homeassistant.components import mqtt
from homeassistant.helpers.entity import Entity


class Meter(Entity):
    async def async_added_to_hass(self) -> None:
        await mqtt.async_subscribe(self.hass, "meter", print)  # error: DMN101
        self.async_on_remove(await mqtt.async_subscribe(self.hass, "power", print))
