"""`serve` cleans up behind its loop, which the end stops by a flag; another loop no end stops."""
# rule: DMN102

import threading


class Server:
    def __init__(self) -> None:
        self.running = False
        self.sweeper: threading.Timer | None = None

    def serve(self) -> None:
        self.running = True
        self.arm()
        while self.running:
            print("serve")
        self.disarm()

    def arm(self) -> None:
        self.sweeper = threading.Timer(60, print)
        self.sweeper.start()

    def disarm(self) -> None:
        if self.sweeper is not None:
            self.sweeper.cancel()

    def stop(self) -> None:
        self.running = False


class Deaf:
    def __init__(self) -> None:
        self.running = False
        self.sweeper: threading.Timer | None = None

    def serve(self) -> None:
        self.arm()
        while self.running:
            print("serve")
        if self.sweeper is not None:
            self.sweeper.cancel()

    def arm(self) -> None:
        self.sweeper = threading.Timer(60, print)  # error: DMN102
        self.sweeper.start()

    def stop(self) -> None:
        print("nobody tells the loop")
