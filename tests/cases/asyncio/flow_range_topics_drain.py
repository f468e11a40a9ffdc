"""Release by index or key while walking the list that the handles were made from."""

# rule: DMN101, DMN103
import asyncio

from daemonbase import EventBus


class Probe:
    """Listens for a moment."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus

    def by_key(self, topics: list[str]) -> None:
        handles = {topic: self.bus.subscribe(topic, print) for topic in topics}
        for topic in topics:
            handles[topic]()

    def by_own_key(self, topics: list[str]) -> None:
        handles = {topic: self.bus.subscribe(topic, print) for topic in topics}
        for topic in handles:
            handles[topic]()

    def by_pop(self, topics: list[str]) -> None:
        handles = {topic: self.bus.subscribe(topic, print) for topic in topics}
        for topic in list(handles):
            handles.pop(topic)()

    async def by_count(self) -> None:
        tasks = [asyncio.create_task(asyncio.sleep(n)) for n in range(3)]
        for n in range(3):
            await tasks[n]

    async def by_while(self, topics: list[str]) -> None:
        handles = [self.bus.subscribe(topic, print) for topic in topics]
        n = 0
        while n < len(handles):
            handles[n]()
            n += 1

    def close(self) -> None:
        print("closed")
