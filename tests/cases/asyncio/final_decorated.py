"""What is marked final may not be overridden."""
# rule: DMN206


import typing
from typing import final


class Base:
    @final
    def shutdown(self) -> None:
        self.socket.close()

    @typing.final
    def start(self) -> None: ...

    def stop(self) -> None: ...


class Child(Base):
    def shutdown(self) -> None:  # error: DMN206
        super().shutdown()

    def start(self) -> None: ...  # error: DMN206

    def stop(self) -> None: ...


class Grandchild(Child):
    def stop(self) -> None: ...
