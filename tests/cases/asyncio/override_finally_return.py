"""return in try, the base in a nested block of the finally, or behind a condition there."""
# rule: DMN201, DMN202
import contextlib
import logging

_LOGGER = logging.getLogger(__name__)


class Base:
    n = 1

    def stop(self) -> bool:
        self.n = 0
        return True

    def close(self) -> bool:
        self.n = 0
        return True

    def shutdown(self) -> bool:
        self.n = 0
        return True

    def disconnect(self) -> bool:
        self.n = 0
        return True

    async def terminate(self) -> bool:
        self.n = 0
        return True

    def __exit__(self, *a: object) -> bool:
        self.n = 0
        return True

    def cleanup(self) -> bool:
        self.n = 0
        return True


class Leaf(Base):
    _closed = False

    def stop(self) -> bool:
        try:
            return bool(self.n)
        finally:
            with contextlib.suppress(OSError):
                super().stop()

    def close(self) -> bool:
        try:
            return bool(self.n)
        finally:
            try:
                print(self.n)
            finally:
                super().close()

    def shutdown(self) -> bool:
        try:
            if self.n:
                return False
            print(self.n)
        finally:
            try:
                super().shutdown()
            except Exception:
                _LOGGER.exception("x")
        return True

    def disconnect(self) -> bool:
        try:
            return bool(self.n)
        finally:
            if not self._closed:
                self._closed = True
                super().disconnect()

    async def terminate(self) -> bool:
        try:
            return bool(self.n)
        finally:
            try:
                await super().terminate()
            except OSError:
                pass

    def __exit__(self, *a: object) -> bool:
        try:
            return False
        finally:
            for _ in range(3):
                try:
                    super().__exit__(*a)
                    break
                except OSError:
                    continue

    def cleanup(self) -> bool:
        for _ in range(3):
            try:
                print("x")
                return True
            finally:
                try:
                    super().cleanup()
                except OSError:
                    print("x")
        return False


class Conditional(Base):
    keep = False

    def stop(self) -> bool:  # error: DMN202
        try:
            return bool(self.n)
        finally:
            if not self.keep:
                super().stop()

    def close(self) -> bool:  # error: DMN202
        try:
            print(self.n)
        finally:
            if not self.keep:
                super().close()
        return True

    def shutdown(self) -> bool:
        try:
            return bool(self.n)
        finally:
            if self.keep:
                super().shutdown()
            else:
                super().shutdown()

    def disconnect(self) -> bool:
        try:
            return bool(self.n)
        finally:
            try:
                super().disconnect()
            except OSError:
                print("x")

    def cleanup(self) -> bool:
        try:
            return bool(self.n)
        finally:
            with open("x") as f:
                f.write("x")
                super().cleanup()
