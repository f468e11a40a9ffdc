"""Tasks that Home Assistant or the config entry owns, against tasks that nobody does."""
# rule: DMN103

import asyncio

from homeassistant.config_entries import ConfigEntry
from homeassistant.helpers.entity import Entity


class Camera(Entity):
    entry: ConfigEntry

    async def async_added_to_hass(self) -> None:
        self.hass.async_create_task(self.fetch())
        self.hass.async_create_background_task(self.fetch(), "fetch")
        self.entry.async_create_task(self.hass, self.fetch())
        self.hass.loop.create_task(self.fetch())  # error: DMN103
        asyncio.create_task(self.fetch())  # error: DMN103

    async def fetch(self) -> None:
        print("fetch")
