"""Every way to write the call of the base counts."""
# rule: DMN201


class Base:
    def __init__(self) -> None:
        self.open = True

    def close(self) -> None:
        self.open = False


class Plain(Base):
    def close(self) -> None:
        super().close()


class Named(Base):
    def close(self) -> None:
        super(Named, self).close()


class Direct(Base):
    def close(self) -> None:
        Base.close(self)


class ByHelper(Base):
    def close(self) -> None:
        self._finish()

    def _finish(self) -> None:
        super().close()


class ByLoop(Base):
    def close(self) -> None:
        for base in type(self).__mro__[1:]:
            if "close" in vars(base):
                vars(base)["close"](self)
                break
        super().close()


class InFinally(Base):
    def close(self) -> None:
        try:
            print("closing")
        finally:
            super().close()


class Handed(Base):
    def close(self) -> None:
        run(super().close)


def run(function) -> None:
    function()
