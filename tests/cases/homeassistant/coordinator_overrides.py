"""The coordinator entity's hook does work; the plain entity's does none."""
# rule: DMN201

from homeassistant.helpers.entity import Entity
from homeassistant.helpers.restore_state import RestoreEntity
from homeassistant.helpers.update_coordinator import CoordinatorEntity


class Forgetful(CoordinatorEntity):
    async def async_added_to_hass(self) -> None:  # error: DMN201
        print("added")


class Careful(CoordinatorEntity):
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        print("added")


class Plain(Entity):
    async def async_added_to_hass(self) -> None:
        print("added")

    async def async_will_remove_from_hass(self) -> None:
        print("removed")


class Restored(RestoreEntity):
    async def async_added_to_hass(self) -> None:
        print("added")
