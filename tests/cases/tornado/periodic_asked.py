"""A callback that the end only asks whether it runs goes on; one that it stops does not."""
# rule: DMN102

from tornado.ioloop import PeriodicCallback
from tornado.websocket import WebSocketHandler


class Asked(WebSocketHandler):
    def open(self) -> None:
        self.pinger = PeriodicCallback(self.send, 5_000)  # error: DMN102
        self.pinger.start()

    def on_close(self) -> None:
        if self.pinger is not None and self.pinger.is_running():
            print("still pinging")

    def send(self) -> None:
        self.ping(b"")


class Stopped(WebSocketHandler):
    def open(self) -> None:
        self.pinger = PeriodicCallback(self.send, 5_000)
        self.pinger.start()

    def on_close(self) -> None:
        if self.pinger.is_running():
            self.pinger.stop()

    def send(self) -> None:
        self.ping(b"")
