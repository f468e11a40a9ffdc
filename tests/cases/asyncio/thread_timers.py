"""threading.Timer: cancelled at the end, joined here, and forgotten."""
# rule: DMN102

import threading


class Debounce:
    timer: threading.Timer | None = None

    def trigger(self) -> None:
        self.timer = threading.Timer(0.5, self.fire)
        self.timer.start()

    def trigger_and_wait(self) -> None:
        timer = threading.Timer(0.5, self.fire)
        timer.start()
        timer.join()

    def remind(self) -> None:
        self.reminder = threading.Timer(60, self.fire)  # error: DMN102
        self.reminder.start()

    def fire(self) -> None:
        print("fired")

    def close(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
