"""Hooks that a class between fills."""
# rule: DMN201
import tornado.web
from tornado.websocket import WebSocketHandler


class A(WebSocketHandler):
    n = 1

    def on_close(self) -> None:
        self.n = 0


class B(A):
    def on_close(self) -> None:  # error: DMN201
        self.m = 0


class C(tornado.web.RequestHandler):
    n = 1

    def on_finish(self) -> None:
        self.n = 0

    def on_connection_close(self) -> None:
        self.n = 0
        super().on_connection_close()


class D(C):
    def on_finish(self) -> None:  # error: DMN201
        self.m = 0

    def on_connection_close(self) -> None:  # error: DMN201
        self.m = 0
