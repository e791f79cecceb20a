"""Ports that nobody else is given: a server that is stopped finds its own free again."""

import itertools
import os
import socket

# Below those that the system lends to whoever connects somewhere (from 32768 on).
FIRST, LAST = 11_000, 32_000
_next = itertools.count(os.getpid() * 50)


def free_port() -> int:
    for number in _next:
        port = FIRST + number % (LAST - FIRST)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise AssertionError("counting ends nowhere")
