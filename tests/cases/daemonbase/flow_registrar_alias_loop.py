"""The registrar under a short local name, called for each topic."""

# rule: DMN101
from daemonbase import DaemonBase


class CrawlDaemon(DaemonBase):
    """Crawls pages."""

    pages = ("/", "/about")

    async def initialize(self) -> None:
        register = self.register_subscription
        for page in self.pages:
            register(self.bus.subscribe(page, self._on_page))

    async def _on_page(self, payload: object) -> None:
        self.log.info("%s", payload)
