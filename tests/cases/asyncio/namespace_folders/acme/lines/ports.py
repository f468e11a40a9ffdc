"""The base, in folders that have no `__init__`."""


class Port:
    on = True

    def close(self) -> None:
        self.on = False
