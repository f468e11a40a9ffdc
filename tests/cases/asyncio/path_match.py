"""A match that forgets a case."""
# rule: DMN202


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class Some(Base):
    def close(self) -> None:  # error: DMN202
        match self.mode:
            case "a":
                super().close()
            case "b":
                print("b")


class Every(Base):
    def close(self) -> None:
        match self.mode:
            case "a":
                super().close()
            case _:
                super().close()
