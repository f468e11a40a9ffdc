"""The untyped module beside a stub: the stub gives the types."""


class Cable:
    def tap(self, ear):
        return _native_tap(self, ear)

    def plain(self):
        return None


def _native_tap(cable, ear): ...
