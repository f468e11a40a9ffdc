"""super() is reached through a reference, an executor or a nested function."""
# rule: DMN201

import asyncio


class Device:
    def stop(self) -> None:
        print("stopping the device")


class InExecutor(Device):
    def stop(self) -> None:
        loop = asyncio.get_event_loop()
        loop.run_in_executor(None, super().stop)


class InClosure(Device):
    def stop(self) -> None:
        def later() -> None:
            super(InClosure, self).stop()

        later()


class InLoop(Device):
    def stop(self) -> None:
        for base in InLoop.__bases__:
            base.stop(self)
