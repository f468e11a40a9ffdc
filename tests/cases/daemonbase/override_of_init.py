"""A daemon's constructor must reach DaemonBase's, whose registry it makes."""
# rule: DMN201

from daemonbase import DaemonBase


class Named(DaemonBase):
    def __init__(self) -> None:
        super().__init__("named")
        self.count = 0


class Unnamed(DaemonBase):
    def __init__(self) -> None:  # error: DMN201
        self.count = 0


class Plain:
    def __init__(self) -> None:
        self.count = 0


class Child(Plain):
    def __init__(self) -> None:
        self.other = 1
