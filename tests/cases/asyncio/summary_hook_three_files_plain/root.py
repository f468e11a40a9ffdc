"""The life cycle."""


class Root:
    def stop(self) -> None:
        self._teardown()

    def _teardown(self) -> None:
        """For subclasses."""
