"""A copied hook calls the base's other hook."""
# rule: DMN201

from homeassistant.helpers.entity import Entity


class Panel:
    def __init__(self) -> None:
        self.observers: list[object] = []


class PanelEntity(Entity):
    panel: Panel

    async def async_added_to_hass(self) -> None:
        self.panel.observers.append(self)

    async def async_will_remove_from_hass(self) -> None:
        self.panel.observers.remove(self)


class AreaEntity(PanelEntity):
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        print("area")

    async def async_will_remove_from_hass(self) -> None:  # error: DMN201
        await super().async_added_to_hass()  # error: DMN204
        print("area")
