"""Home Assistant: an override that only logs loses the base's work all the same."""
# rule: DMN201
from __future__ import annotations

import logging

from homeassistant.components.sensor import SensorEntity
from homeassistant.helpers.update_coordinator import CoordinatorEntity

_LOGGER = logging.getLogger(__name__)


class Meter(CoordinatorEntity, SensorEntity):
    """Never updates."""

    async def async_added_to_hass(self) -> None:  # error: DMN201
        _LOGGER.debug("%s added", self.entity_id)
