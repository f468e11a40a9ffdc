"""A base without work may be missed."""
# rule: DMN202


class Empty:
    def close(self) -> None:
        """For subclasses."""


class Child(Empty):
    def close(self) -> None:
        if self.cache:
            super().close()
