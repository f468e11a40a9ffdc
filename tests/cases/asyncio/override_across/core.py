"""The base with the work, reached through two modules."""
# case: multi-file
# rule: DMN201


class Core:
    async def shutdown(self) -> None:
        print("closing the core")

    async def idle(self) -> None:
        print("idle")
