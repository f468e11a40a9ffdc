"""Something else that is called sleep, or call_later."""
# rule: DMN302

from __future__ import annotations

from daemonbase import DaemonBase


class Camera:
    """Can be put to sleep."""

    def sleep(self, minutes: int) -> None:
        """Save power for so many minutes, in the device."""

    async def wake(self, after: float) -> None:
        """Send a command."""


class CameraDaemon(DaemonBase):
    """Drives a camera that sleeps until it is needed."""

    name = "camera"

    def __init__(self, camera: Camera) -> None:
        super().__init__()
        self.camera = camera

    async def initialize(self) -> None:
        self.camera.sleep(5)
        await self.camera.wake(2.0)
        await self.sleep(2)

    async def sleep(self, level: int) -> None:
        """Go to the power level."""
        self.log.info("level %d", level)
