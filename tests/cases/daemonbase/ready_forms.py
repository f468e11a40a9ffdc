"""The common forms of a hand-rolled ready filter."""
# rule: DMN301

from daemonbase import SYSTEM_READY, DaemonBase


class Forms(DaemonBase):
    async def initialize(self) -> None:
        self.subscribe("system:ready", self.by_key)  # error: DMN301
        self.subscribe("system:ready", self.by_get)  # error: DMN301
        self.subscribe("system:ready", self.by_attribute)  # error: DMN301
        self.subscribe("system:ready", self.by_match)  # error: DMN301
        self.subscribe("system:ready", self.by_early_return)  # error: DMN301
        self.subscribe(SYSTEM_READY, self.by_key)  # error: DMN301
        self.subscribe("system:ready", self.for_all)
        self.subscribe("other", self.by_key)

    def by_key(self, payload: dict[str, str]) -> None:
        if payload["daemon"] == "data":
            self.begin()

    def by_get(self, payload: dict[str, str]) -> None:
        if payload.get("daemon") in ("data", "user"):
            self.begin()

    def by_attribute(self, event) -> None:
        if event.daemon == "data":
            self.begin()

    def by_match(self, payload: dict[str, str]) -> None:
        match payload["daemon"]:
            case "data":
                self.begin()

    def by_early_return(self, payload: dict[str, str]) -> None:
        daemon = payload["daemon"]
        if daemon != "data":
            return
        self.begin()

    def for_all(self, payload: dict[str, str]) -> None:
        print(payload["daemon"])

    def begin(self) -> None: ...
