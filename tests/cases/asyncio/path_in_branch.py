"""The base is called in one branch only."""
# rule: DMN202


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class One(Base):
    def close(self) -> None:  # error: DMN202
        if self.device.connected:
            super().close()


class Both(Base):
    def close(self) -> None:
        if self.device.connected:
            super().close()
        else:
            print("gone")
            super().close()


class InLoop(Base):
    def close(self) -> None:  # error: DMN202
        for item in self.items:
            if item:
                break
        else:
            super().close()
