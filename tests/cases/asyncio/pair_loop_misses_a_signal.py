"""One of two signal handlers is not removed."""
# rule: DMN101
import asyncio
import signal


class Loop:
    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()

    def start(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            self.loop.add_signal_handler(number, self._signal)  # error: DMN101

    def _signal(self) -> None:
        print("signal")

    def stop(self) -> None:
        self.loop.remove_signal_handler(signal.SIGINT)


class Unrolled:
    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()

    def start(self) -> None:
        self.loop.add_signal_handler(signal.SIGINT, self._signal)
        self.loop.add_signal_handler(signal.SIGTERM, self._signal)  # error: DMN101

    def _signal(self) -> None:
        print("signal")

    def stop(self) -> None:
        self.loop.remove_signal_handler(signal.SIGINT)
