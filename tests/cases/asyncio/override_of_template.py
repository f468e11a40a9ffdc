"""A base whose ending calls an empty hook: the hook's overrides replace nothing."""
# rule: DMN201


class Template:
    def close(self) -> None:
        self.opened = False
        self.on_close()

    def on_close(self) -> None:
        """For subclasses."""


class Leaf(Template):
    def on_close(self) -> None:
        print("closed")


class Abstract:
    def stop(self) -> None:
        raise NotImplementedError


class Concrete(Abstract):
    def stop(self) -> None:
        print("stopped")
