"""Bytes on the wire, and phones that are slow to ask."""

import socket

from bench.load import end_of, is_whole


def answer(port: int, request: bytes) -> bytes:
    """The whole answer, head and body, as it came."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        data = b""
        while not is_whole(data, end_of(data)):
            more = connection.recv(1 << 16)
            if not more:
                break
            data += more
        return data


# Where a phone stopped: within its question, or within what it sends along.
ASKING = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: sl"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\nname=sl"
SENDING = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n" + FORM


class SlowPhones:
    """So many connections that have sent a part and then nothing."""

    def __init__(self, port: int, count: int, part: bytes):
        self.connections = []
        for _ in range(count):
            connection = socket.create_connection(("127.0.0.1", port), timeout=30)
            connection.sendall(part)
            self.connections.append(connection)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        for connection in self.connections:
            connection.close()
