"""The hub's halt() is registered by the integration's set-up."""

import asyncio

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant


class Hub:
    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        self.hass = hass
        self.entry = entry

    def start(self) -> None:
        self.task = self.hass.loop.create_task(self.run())
        self.spare = asyncio.create_task(self.run())  # error: DMN103

    async def run(self) -> None:
        print("running")

    def halt(self) -> None:
        self.task.cancel()

    def async_stop(self) -> None:
        print("stopped")
