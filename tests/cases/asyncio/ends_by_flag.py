"""Workers that end because the end of life writes a flag, sets an event or fills a queue."""
# rule: DMN103

import asyncio
import queue
import threading


class Flagged:
    running = False

    def start(self) -> None:
        self.running = True
        self.thread = threading.Thread(target=self.work)
        self.thread.start()

    def work(self) -> None:
        while self.running:
            print("working")

    def stop(self) -> None:
        self.running = False


class Signalled:
    def __init__(self) -> None:
        self.stopping = asyncio.Event()
        self.jobs: queue.Queue[str | None] = queue.Queue()

    def start(self) -> None:
        self.task = asyncio.create_task(self.serve())
        self.thread = threading.Thread(target=self.drain)
        self.thread.start()

    async def serve(self) -> None:
        while not self.stopping.is_set():
            await self.stopping.wait()

    def drain(self) -> None:
        while (job := self.jobs.get()) is not None:
            print(job)

    def close(self) -> None:
        self.stopping.set()
        self.jobs.put(None)
