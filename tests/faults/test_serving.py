"""The server as `make run` starts it: workers share what is loaded once, follow one another, and end when told."""

import os
import signal
import socket
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import sparing
from tests.faults.server import Server

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at its processes by /proc")
PATIENCE = 120
SENDING = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500\r\n\r\nname=sl"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    instance = tmp_path_factory.mktemp("site")
    sparing.lay_out(instance, with_cast=True)
    server = Server(instance)
    server.start()
    yield server
    server.kill()


def workers(server) -> list[int]:
    parent = server.process.pid
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def until(done) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


def shared(pid: int) -> float:
    """Megabytes of its own memory that other processes have as well."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Shared_Dirty:")) / 1024


def test_workers_share_what_was_loaded_before_them(server):
    assert [pid for pid in workers(server) if shared(pid) < 15] == []


def test_a_worker_that_was_killed_is_followed_by_another(server):
    before = workers(server)
    os.kill(before[0], signal.SIGKILL)
    until(lambda: len(set(workers(server)) - {before[0]}) == len(before))
    server._wait()


def test_the_end_is_soon_though_phones_hold_connections(server):
    all_of_it = [server.process.pid, *workers(server)]
    with ExitStack() as phones:
        for _phone in range(40):
            phone = phones.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE))
            phone.sendall(SENDING)
        server.process.send_signal(signal.SIGTERM)
        status = server.process.wait(PATIENCE)
    server.process = None
    assert status == 0
    assert [pid for pid in all_of_it if Path(f"/proc/{pid}").exists()] == []
