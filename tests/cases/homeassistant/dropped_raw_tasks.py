"""A raw task that nobody holds is lost in any function; tasks that hass owns are not."""
# rule: DMN103

import asyncio

from homeassistant.core import HomeAssistant


class Client:
    async def keepalive(self) -> None:
        await asyncio.Event().wait()


async def async_setup(hass: HomeAssistant, config: dict) -> bool:
    client = Client()
    hass.loop.create_task(client.keepalive())  # error: DMN103
    hass.async_create_task(client.keepalive())

    async def started(event: object) -> None:
        asyncio.create_task(client.keepalive())  # error: DMN103

    hass.bus.async_listen_once("homeassistant_started", started)
    return True


async def refresh_all(clients: list[Client]) -> None:
    await asyncio.gather(*(asyncio.create_task(client.keepalive()) for client in clients))
    task = asyncio.create_task(clients[0].keepalive())
    await task
