"""Statements that do nothing."""
# rule: DMN201


class Base:
    def close(self, code: int) -> None:
        _ = code

    def stop(self, code: int) -> None:
        del code

    def shutdown(self, code: int, reason: str) -> None:
        del code, reason

    def disconnect(self, code: int) -> None:
        assert code

    def cleanup(self, code: int) -> None:
        code  # unused

    def dispose(self, code: int) -> bool:
        result = False
        return result

    async def aclose(self) -> None:
        return


class Leaf(Base):
    n = 1

    def close(self, code: int) -> None:
        self.n = 0

    def stop(self, code: int) -> None:
        self.n = 0

    def shutdown(self, code: int, reason: str) -> None:
        self.n = 0

    def cleanup(self, code: int) -> None:
        self.n = 0

    def dispose(self, code: int) -> bool:
        self.n = 0
        return True

    async def aclose(self) -> None:
        self.n = 0
