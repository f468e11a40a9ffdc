"""Mixins in a diamond: one cuts the chain, one keeps it, one class composes by hand."""
# rule: DMN201


class Server:
    def stop(self) -> None:
        print("stopping the server")


class Logging:
    def stop(self) -> None:  # error: DMN201
        print("stopped")
        self.stopped = True


class Polite:
    def stop(self) -> None:
        print("stopped")
        super().stop()


class Rude(Logging, Server):
    pass


class Fine(Polite, Server):
    pass


class ByHand(Polite, Server):
    def stop(self) -> None:
        Polite.stop(self)
        Server.stop(self)
