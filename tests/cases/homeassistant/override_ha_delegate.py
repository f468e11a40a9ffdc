"""Home Assistant: the override ends the client, and the base's work is lost."""
# rule: DMN201
from __future__ import annotations

from typing import Any

from homeassistant.helpers.update_coordinator import DataUpdateCoordinator


class SocketCoordinator(DataUpdateCoordinator[dict[str, Any]]):
    """The refresh timer goes on."""

    def __init__(self, hass: Any, client: Any) -> None:
        super().__init__(hass, None, name="socket")
        self.client = client

    async def async_shutdown(self) -> None:  # error: DMN201
        await self.client.disconnect()


class HubCoordinator(DataUpdateCoordinator[dict[str, Any]]):
    """The refresh timer goes on."""

    def __init__(self, hass: Any, hub: Any) -> None:
        super().__init__(hass, None, name="hub")
        self.hub = hub

    async def async_shutdown(self) -> None:  # error: DMN201
        await self.hub.async_shutdown()
