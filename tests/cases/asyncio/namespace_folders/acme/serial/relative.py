"""By dots, over the folder around."""

from ..lines.ports import Port


class UsbPort(Port):
    def close(self) -> None:  # error: DMN201
        self.baud = 0


class GoodPort(Port):
    def close(self) -> None:
        super().close()
