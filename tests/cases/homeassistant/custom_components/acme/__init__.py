"""An integration that can be unloaded."""
# case: multi-file
# rule: DMN101, DMN103

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from .hub import Hub


async def async_setup_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    entry.add_update_listener(reload)  # error: DMN101
    entry.async_on_unload(entry.add_update_listener(reload))
    hub = Hub(hass, entry)
    hub.start()
    entry.async_on_unload(hub.halt)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    return True


async def reload(hass: HomeAssistant, entry: ConfigEntry) -> None:
    await hass.config_entries.async_reload(entry.entry_id)
