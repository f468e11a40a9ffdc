"""A coordinator that listens to itself ends with itself."""
# rule: DMN101

from homeassistant.helpers.update_coordinator import DataUpdateCoordinator


class Tides(DataUpdateCoordinator):
    def start(self) -> None:
        self.async_add_listener(self._changed)

    def _changed(self) -> None:
        print("changed")
