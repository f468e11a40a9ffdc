"""An integration without async_unload_entry: its entry lives as long as the process."""
# case: multi-file
# rule: DMN101

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.dispatcher import async_dispatcher_connect


async def async_setup_entry(hass: HomeAssistant, entry: ConfigEntry, add) -> None:
    async_dispatcher_connect(hass, "lamp_found", add)
