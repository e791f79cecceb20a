"""The real server as a process group of its own, to be killed and started again."""

import http.client
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.ports import free_port

ROOT = Path(__file__).parents[2]


class Server:
    """The server of production, with two workers, on one instance folder."""

    def __init__(self, instance: Path, bug: str | None = None):
        self.port = free_port()
        self.log = instance / "server.log"
        self.environment = {
            **os.environ,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "WORKERS": "2",
            "FIELDAPP_INSTANCE": str(instance),
            "FIELDAPP_BASE_URL": f"http://127.0.0.1:{self.port}",
            "PLANTED_BUG": bug or "",
        }
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "fieldapp.server", "tests.faults.wsgi:app"]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True)
        self._wait()

    def _wait(self) -> None:
        """Until a worker answers: the port is open long before."""
        until = time.monotonic() + 120
        while time.monotonic() < until and self.process.poll() is None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            try:
                connection.request("GET", "/field/session")
                connection.getresponse().read()
                return
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
            finally:
                connection.close()
        raise RuntimeError(self.log.read_text()[-3000:])

    def kill(self) -> None:
        """No farewell: the whole group gets signal 9 at once."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
