"""`super()` of another method, and never of one's own."""
# rule: DMN204, DMN201


class Base:
    def close(self) -> None:
        self.socket.close()

    def stop(self) -> None:
        self.timer.cancel()


class Mixed(Base):
    def stop(self) -> None:  # error: DMN201
        super().close()  # error: DMN204

    def close(self) -> None:
        super().close()


class Fine(Base):
    def stop(self) -> None:
        super().stop()
        super().close()
