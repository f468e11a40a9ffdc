"""CoordinatorEntity.async_added_to_hass subscribes to the coordinator."""
# rule: DMN201, DMN202, DMN203
from __future__ import annotations

from homeassistant.components.sensor import SensorEntity
from homeassistant.core import callback
from homeassistant.helpers.update_coordinator import CoordinatorEntity, DataUpdateCoordinator


class PowerSensor(CoordinatorEntity, SensorEntity):
    """Never updates."""

    def __init__(self, coordinator: DataUpdateCoordinator[dict[str, float]]) -> None:
        super().__init__(coordinator)
        self._attr_native_value = 0.0

    async def async_added_to_hass(self) -> None:  # error: DMN201
        self._attr_native_value = self.coordinator.data["power"]


class EnergySensor(CoordinatorEntity[DataUpdateCoordinator[dict[str, float]]], SensorEntity):
    """Not awaited."""

    async def async_added_to_hass(self) -> None:
        super().async_added_to_hass()  # error: DMN203
        self._handle_coordinator_update()

    @callback
    def _handle_coordinator_update(self) -> None:
        self._attr_native_value = self.coordinator.data["energy"]
        self.async_write_ha_state()


class VoltageSensor(CoordinatorEntity, SensorEntity):
    """Only if it is enabled."""

    async def async_added_to_hass(self) -> None:  # error: DMN202
        if "voltage" not in self.coordinator.data:
            return
        await super().async_added_to_hass()


class CurrentSensor(CoordinatorEntity, SensorEntity):
    """Right."""

    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self._attr_native_value = self.coordinator.data["current"]
