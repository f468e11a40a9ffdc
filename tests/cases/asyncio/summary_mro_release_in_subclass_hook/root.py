"""The life cycle."""


class Root:
    def stop(self) -> None:
        try:
            self._before_teardown()
        finally:
            self._teardown()

    def _before_teardown(self) -> None:
        print("stopping")

    def _teardown(self) -> None:
        raise NotImplementedError
