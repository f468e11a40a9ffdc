"""A platform: its set-up belongs to the config entry, whose unload stands in the package."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect


async def async_setup_entry(hass: HomeAssistant, entry: ConfigEntry, add) -> None:
    @callback
    def found(device: object) -> None:
        add([device])

    async_dispatcher_connect(hass, "acme_found", found)  # error: DMN101
    entry.async_on_unload(async_dispatcher_connect(hass, "acme_lost", found))
