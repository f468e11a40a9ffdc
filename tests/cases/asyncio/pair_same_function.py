"""A pair within one function: on each path, or on some only."""
# rule: DMN101

import asyncio
import socket


class Probe:
    async def wait(self, sock: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        ready = asyncio.Event()
        loop.add_reader(sock, ready.set)
        try:
            await ready.wait()
        finally:
            loop.remove_reader(sock)

    async def wait_once(self, sock: socket.socket, patient: bool) -> None:
        loop = asyncio.get_running_loop()
        ready = asyncio.Event()
        loop.add_reader(sock, ready.set)  # error: DMN101
        if not patient:
            return
        await ready.wait()
        loop.remove_reader(sock)

    async def wait_by_helper(self, sock: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        ready = asyncio.Event()
        loop.add_reader(sock, ready.set)
        await ready.wait()
        self._forget(sock)

    def _forget(self, sock: socket.socket) -> None:
        asyncio.get_running_loop().remove_reader(sock)

    def close(self) -> None:
        print("closed")
