"""Loops over constants, and loops that go on until the base was reached."""
# rule: DMN201, DMN202
import itertools
import time

DELAYS = (1, 2)
DELAY_LIST = [1, 2]


class Base:
    n = 1

    def stop(self) -> None:
        self.n = 0

    def close(self) -> None:
        self.n = 0

    def shutdown(self) -> None:
        self.n = 0

    def disconnect(self) -> None:
        self.n = 0

    def terminate(self) -> None:
        self.n = 0

    def cleanup(self) -> None:
        self.n = 0


class Leaf(Base):
    ATTEMPTS = 3
    DELAYS = (1, 2)

    def stop(self) -> None:
        for delay in (0.1, 0.5, 2):
            try:
                super().stop()
                return
            except OSError:
                time.sleep(delay)

    def close(self) -> None:
        for delay in [0.1, 0.5, 2]:
            try:
                super().close()
                break
            except OSError:
                time.sleep(delay)

    def shutdown(self) -> None:
        for attempt in range(self.ATTEMPTS):
            try:
                super().shutdown()
                break
            except OSError:
                time.sleep(attempt)

    def disconnect(self) -> None:
        for delay in self.DELAYS:
            try:
                super().disconnect()
                break
            except OSError:
                time.sleep(delay)

    def terminate(self) -> None:
        for attempt in itertools.count(1):
            try:
                super().terminate()
                break
            except OSError:
                time.sleep(attempt)

    def cleanup(self) -> None:
        attempts = 0
        while attempts < 3:
            try:
                super().cleanup()
                break
            except OSError:
                attempts += 1


class Other(Base):
    def stop(self) -> None:
        for attempt, delay in enumerate((0.1, 0.5, 2)):
            try:
                super().stop()
                return
            except OSError:
                time.sleep(delay)

    def close(self) -> None:
        for delay in DELAY_LIST:
            try:
                super().close()
                break
            except OSError:
                time.sleep(delay)

    def shutdown(self) -> None:
        for attempt in reversed(range(3)):
            try:
                super().shutdown()
                break
            except OSError:
                time.sleep(attempt)

    def disconnect(self) -> None:
        for delay in DELAYS:
            try:
                super().disconnect()
                break
            except OSError:
                time.sleep(delay)

    def terminate(self) -> None:
        done = False
        while not done:
            try:
                super().terminate()
                done = True
            except OSError:
                time.sleep(1)

    def cleanup(self) -> None:
        attempts = 3
        while attempts:
            try:
                super().cleanup()
                return
            except OSError:
                attempts -= 1
