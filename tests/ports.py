"""Ports that nobody else is given: a server that is stopped finds its own free again.
Each worker of the tests has some thousands to itself."""

import itertools
import os
import socket

# Below those that the system lends to whoever connects somewhere (from 32768 on).
FIRST, LAST = 11_000, 32_000
EACH = 5_000
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % ((LAST - FIRST) // EACH)
_next = itertools.count(os.getpid() * 50)


def free_port() -> int:
    for number in _next:
        port = FIRST + _worker * EACH + number % EACH
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise AssertionError("counting ends nowhere")
