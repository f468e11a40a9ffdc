"""Class methods and static methods at the end of life."""
# rule: DMN201, DMN204, DMN205
from __future__ import annotations


class Registry:
    """Knows all connections."""

    known: set[str] = set()
    names: set[str] = set()

    @classmethod
    def close_all(cls) -> None:
        cls.known = set()

    @staticmethod
    def shutdown() -> None:
        Registry.names.clear()

    @classmethod
    def stop_all(cls) -> None:
        cls.names = set()


class CountingRegistry(Registry):
    """Counts too."""

    count = 0

    @classmethod
    def close_all(cls) -> None:
        cls.count = 0
        super().close_all()

    @staticmethod
    def shutdown() -> None:
        Registry.shutdown()
        CountingRegistry.count = 0

    @classmethod
    def stop_all(cls) -> None:
        super(CountingRegistry, cls).stop_all()
        cls.count = 0


class BrokenRegistry(Registry):
    """Forgets the base."""

    count = 0

    @classmethod
    def close_all(cls) -> None:  # error: DMN201
        cls.count = 0

    @staticmethod
    def shutdown() -> None:  # error: DMN201
        BrokenRegistry.count = 0
