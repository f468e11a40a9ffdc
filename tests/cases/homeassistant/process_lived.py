"""What is set up once for the process never ends: async_setup, platforms, singletons."""
# rule: DMN101, DMN102

from datetime import timedelta

from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_track_time_interval


class Scanner:
    def __init__(self, hass: HomeAssistant) -> None:
        self.hass = hass

    def start(self) -> None:
        self.hass.bus.async_listen("scan", self.scan)

    def scan(self, event: Event) -> None:
        print(event)

    def async_stop(self) -> None:
        print("stopped")


async def async_setup(hass: HomeAssistant, config: dict) -> bool:
    scanner = Scanner(hass)
    scanner.start()
    hass.bus.async_listen("scan", scanner.scan)
    async_track_time_interval(hass, print, timedelta(minutes=1))
    return True


async def async_setup_platform(hass: HomeAssistant, config: dict, add) -> None:
    async_dispatcher_connect(hass, "found", add)
