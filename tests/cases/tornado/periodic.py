"""tornado's PeriodicCallback and IOLoop timers live until their owner ends them."""
# rule: DMN102

from tornado.ioloop import IOLoop, PeriodicCallback


class Server:
    def start(self) -> None:
        self.kept = PeriodicCallback(self.tick, 1000)
        self.kept.start()
        lost = PeriodicCallback(self.tick, 1000)  # error: DMN102
        lost.start()
        loop = IOLoop.current()
        self.timer = loop.call_later(5, self.tick)
        loop.call_later(5, self.tick)  # error: DMN102

    def tick(self) -> None: ...

    def stop(self) -> None:
        self.kept.stop()
        IOLoop.current().remove_timeout(self.timer)
