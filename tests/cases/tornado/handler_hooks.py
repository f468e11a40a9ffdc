"""A request handler's `on_finish` is empty; the work of `on_connection_close` is not."""
# rule: DMN201

from tornado.web import RequestHandler


class Plain(RequestHandler):
    def on_finish(self) -> None:
        print("done")

    def on_connection_close(self) -> None:  # error: DMN201
        print("gone")


class Good(RequestHandler):
    def on_connection_close(self) -> None:
        super().on_connection_close()
        print("gone")
