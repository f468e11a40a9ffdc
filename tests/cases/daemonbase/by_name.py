"""Receivers of no known type: in a strict class the bare name and the shape of the call count."""
# rule: DMN101, DMN102, DMN103

from daemonbase import DaemonBase


class PriceDaemon(DaemonBase):
    def __init__(self, client, loop) -> None:
        super().__init__()
        self.client = client
        self.loop = loop

    async def initialize(self) -> None:
        self.client.subscribe("price", self.on_price)  # error: DMN101
        self.register_subscription(self.client.subscribe("stock", self.on_price))
        self.client.subscribe("a/topic")
        self.loop.create_task(self.poll())  # error: DMN103
        self.loop.call_later(5, self.on_price)  # error: DMN102
        self.client.add_listener("price", self.on_price)  # error: DMN101
        self.client.create_task("buy milk")

    def on_price(self) -> None: ...

    async def poll(self) -> None: ...


class Loose:
    def __init__(self, client) -> None:
        self.client = client
        self.client.subscribe("price", self.on_price)

    def on_price(self) -> None: ...

    def stop(self) -> None:
        print("stopped")
