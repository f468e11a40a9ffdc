"""The base that does the work is two classes away."""
# rule: DMN202


class Base:
    def close(self) -> None:
        self.socket.close()


class AsyncBase:
    async def close(self) -> None:
        self.socket.close()



class Middle(Base):
    pass


class Deep(Middle):
    def close(self) -> None:  # error: DMN202
        if self.cache:
            print("cache")
            return
        super().close()
