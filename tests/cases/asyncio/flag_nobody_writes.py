"""A worker that loops on a flag which no end of life ever writes."""
# rule: DMN103

import threading


class Recorder:
    def __init__(self) -> None:
        self.active = True

    def start(self) -> None:
        self.thread = threading.Thread(target=self.record)  # error: DMN103
        self.thread.start()

    def record(self) -> None:
        while self.active:
            print("recording")

    def close(self) -> None:
        print("closed")
