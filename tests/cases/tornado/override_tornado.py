"""tornado handlers: on_close and on_finish are empty, on_connection_close is not."""
# rule: DMN201
from __future__ import annotations

import tornado.web
import tornado.websocket


class Chat(tornado.websocket.WebSocketHandler):
    """The base's on_close is empty."""

    rooms: set[Chat] = set()

    def open(self) -> None:
        Chat.rooms.add(self)

    def on_close(self) -> None:
        Chat.rooms.discard(self)


class PrivateChat(Chat):
    """Stays in the room."""

    key = ""

    def on_close(self) -> None:  # error: DMN201
        self.key = ""


class Upload(tornado.web.RequestHandler):
    """initialize and prepare are hooks; on_finish too."""

    def initialize(self, path: str) -> None:
        self.path = path

    def on_finish(self) -> None:
        self.path = ""


class ResumableUpload(Upload):
    """initialize is no end of life, and RequestHandlers are not strict."""

    def initialize(self, path: str, offset: int = 0) -> None:
        self.path = path
        self.offset = offset

    def on_finish(self) -> None:
        super().on_finish()
        self.offset = 0


class Stream(tornado.web.RequestHandler):
    """The base sets the body's future."""

    alive = True

    def on_connection_close(self) -> None:  # error: DMN201
        self.alive = False
