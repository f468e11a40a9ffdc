"""Subscribing takes a round trip."""
import asyncio

from daemonbase import EventBus


async def watch(bus: EventBus, event: str, handler):
    await asyncio.sleep(0)
    return bus.subscribe(event, handler)


async def watch_when_ready(bus: EventBus, event: str, handler):
    handle = await watch(bus, event, handler)
    return handle
