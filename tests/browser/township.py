"""The demonstration township under the production server, and browsers to visit it."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.browser.field_station import PASSWORD, ROOT, Station
from tests.ports import free_port

ACCOUNTS = ("deputy", "clerk", "chair", "unit", "county", "admin")


class Township(Station):
    """What ``make run`` shows: set up by the same commands."""

    def __init__(self, instance: Path):
        self.instance, self.process = instance, None
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._flask("init")
        said = self._flask("demo")
        self.slips = re.findall(r"/s/([0-9A-Za-z-]+)", said)
        assert self.slips, said

    def _flask(self, command: str) -> str:
        environment = {
            **os.environ,
            "FIELDAPP_INSTANCE": str(self.instance),
            "FIELDAPP_BASE_URL": self.url,
            "FIELDAPP_DEMO_PASSWORD": PASSWORD,
        }
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout
