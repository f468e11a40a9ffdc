"""The release is a function registered for the end: a closure, a method, a lambda."""
# rule: DMN102, DMN103

import asyncio
import atexit
import weakref


class Watch:
    def __init__(self, app) -> None:
        self.task = asyncio.create_task(self.run())
        self.timer = asyncio.get_running_loop().call_later(9, self.ring)
        self.other = asyncio.create_task(self.run())
        app.on_shutdown.append(self._end_task)
        atexit.register(lambda: self.timer.cancel())
        weakref.finalize(self, self.other.cancel)

    def _end_task(self) -> None:
        self.task.cancel()

    def ring(self) -> None:
        print("ring")

    async def run(self) -> None:
        print("run")

    def close(self) -> None:
        print("closed")
