"""Conditions in finally."""
# rule: DMN201, DMN202


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

    def terminate(self) -> bool:
        self.n = 0
        return True


class Leaf(Base):
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

    def terminate(self) -> bool:
        try:
            return bool(self.n)
        finally:
            with open("x") as f:
                f.write("x")
                super().terminate()
