"""Clients that ask as fast as they are answered, over kept-alive connections.

Raw sockets and prepared bytes: an HTTP library in Python would take longer
over a request than the server does. Each answer's status is looked at.
"""

import multiprocessing
import os
import selectors
import socket
import time
from array import array
from dataclasses import dataclass
from itertools import cycle

PROCESSES = 2
WARM_UP = 0.4


@dataclass
class Result:
    """What one run gave; times in milliseconds, sorted."""

    seconds: float
    times: list[float]
    refused: dict[str, int]
    client_cpu: float

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        return self.times[min(len(self.times) - 1, int(len(self.times) * share))] if self.times else float("nan")


def run(port: int, requests: list[bytes], clients: int, seconds: float) -> Result:
    """Sends the requests in turn for so long; every client waits for its answer."""
    context = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
    queue = context.SimpleQueue()
    shares = [clients // PROCESSES + (index < clients % PROCESSES) for index in range(PROCESSES)]
    workers = [
        context.Process(target=_work, args=(queue, port, requests[index::PROCESSES] or requests, share, seconds))
        for index, share in enumerate(shares)
        if share
    ]
    for worker in workers:
        worker.start()
    answers = [queue.get() for _worker in workers]
    for worker in workers:
        worker.join()
    times: list[float] = []
    refused: dict[str, int] = {}
    for answer in answers:
        times.extend(array("d", answer["times"]))
        for status, count in answer["refused"].items():
            refused[status] = refused.get(status, 0) + count
    return Result(seconds, sorted(times), refused, sum(answer["cpu"] for answer in answers))


class Client:
    """One connection: what it sent last, when, and what has come back of the answer."""

    def __init__(self, port: int, requests):
        self.port, self.requests = port, requests
        self.connect()

    def connect(self):
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer, self.end = b"", 0

    def ask(self):
        self.sent = time.perf_counter()
        self.socket.sendall(next(self.requests))

    def hear(self) -> bytes | None:
        """The status once the answer is whole; b"" where the connection was cut."""
        data = self.socket.recv(1 << 18)
        if not data:
            return b""
        self.buffer = self.buffer + data if self.buffer else data
        if not self.end:
            self.end = end_of(self.buffer)
        if is_whole(self.buffer, self.end):
            status = self.buffer[9:12]
            self.buffer, self.end = b"", 0
            return status
        return None


def end_of(data: bytes) -> int:
    """Bytes of a whole answer; 0 while unknown, -1 where it comes in chunks."""
    head = data.find(b"\r\n\r\n")
    if head < 0:
        return 0
    lower = data[:head].lower()
    at = lower.find(b"\r\ncontent-length:")
    if at >= 0:
        line = lower[at + 17 :].split(b"\r\n", 1)[0]
        return head + 4 + int(line)
    return -1 if b"\r\ntransfer-encoding: chunked" in lower else head + 4


def is_whole(data: bytes, end: int) -> bool:
    return (0 < end <= len(data)) or (end < 0 and data.endswith(b"0\r\n\r\n"))


def _work(queue, port, requests, clients, seconds):
    times, refused = array("d"), {}
    selector = selectors.DefaultSelector()
    # One supply for all: what may be sent once is sent once.
    supply = cycle(requests)
    crowd = [Client(port, supply) for _ in range(clients)]
    for client in crowd:
        selector.register(client.socket, selectors.EVENT_READ, client)
        client.ask()
    now = time.perf_counter()
    begin, end = now + WARM_UP, now + WARM_UP + seconds
    cpu = time.process_time()
    while now < end:
        for key, _events in selector.select(1):
            client = key.data
            status = client.hear()
            if status is None:
                continue
            now = time.perf_counter()
            if status[:1] not in (b"2", b"3"):
                refused[status.decode() or "cut"] = refused.get(status.decode() or "cut", 0) + 1
            elif begin <= client.sent and now <= end:
                times.append((now - client.sent) * 1000)
            if not status:
                selector.unregister(client.socket)
                client.connect()
                selector.register(client.socket, selectors.EVENT_READ, client)
            client.ask()
        now = time.perf_counter()
    queue.put({"times": times.tobytes(), "refused": refused, "cpu": time.process_time() - cpu})
