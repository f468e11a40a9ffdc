"""Uses the helpers."""

import helpers
from helpers import describe, end


class Owner:
    def start(self) -> None:
        helpers.keep(helpers.spawn(self.step))
        end(helpers.spawn(self.step))
        describe(helpers.spawn(self.step))  # error: DMN103
        helpers.spawn(self.step)  # error: DMN103
        self.kept = helpers.spawn(self.step)

    async def step(self) -> None:
        print("step")

    def close(self) -> None:
        self.kept.cancel()
