"""Sites to measure: a database of so many cases, and the real server on it."""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".bench"
PASSWORD = "measured-in-the-morning"
# What `make run` starts; and a bare page under the same server, as sparing with memory.
SITE = ("fieldapp.server",)
BARE = ("granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning", "bench.hello:app")
SPARING = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "65536"}


def fingerprint() -> str:
    """Changes when the tables or the invented township do."""
    digest = hashlib.sha256()
    for folder in ("fieldapp/demo", "fieldapp/migrations/versions"):
        for path in sorted((ROOT / folder).glob("*.*")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


class Site:
    """An instance folder with so many invented cases; kept from run to run."""

    def __init__(self, cases: int, folder: Path | None = None):
        self.cases, self.folder = cases, folder or KEPT / str(cases)
        self.environment = {
            **os.environ,
            "FIELDAPP_INSTANCE": str(self.folder),
            "FIELDAPP_DEMO_PASSWORD": PASSWORD,
            "FIELDAPP_BASE_URL": "http://127.0.0.1:8000",
            "FIELDAPP_LANGUAGE": "zh",
            # Pages are measured: nobody urges the units of invented cases meanwhile.
            "FIELDAPP_TICK_EVERY": "0",
        }
        self.environment.pop("DATABASE_URL", None)

    @property
    def codes(self) -> list[str]:
        return (self.folder / "slips.txt").read_text().split()

    def fill(self) -> float:
        """Makes the database where there is none yet; seconds it took."""
        stamp, begin = self.folder / "stamp", time.monotonic()
        if stamp.exists() and stamp.read_text() == fingerprint():
            return 0.0
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self._flask("init")
        self._flask("demo", "--cases", str(self.cases), "--seed", "1", "--slips", str(self.folder / "slips.txt"))
        stamp.write_text(fingerprint())
        return time.monotonic() - begin

    def copy(self, folder: Path) -> "Site":
        """For what writes: the kept database stays as it is."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Site(self.cases, folder)

    def _flask(self, *words: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise SystemExit(f"flask {' '.join(words)} failed:\n{done.stderr[-2000:]}")


class Server:
    """The server as in production, a process group of its own."""

    def __init__(self, command: tuple, environment: dict, workers: int, log: Path):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        where = {"HOST": "127.0.0.1", "PORT": str(self.port), "WORKERS": str(workers)}
        where |= {f"GRANIAN_{name}": value for name, value in where.items()}
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *command], cwd=ROOT, env={**environment, **where}, stdout=out, stderr=out, start_new_session=True
            )
        self.log = log

    def wait(self, path: str) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10):
                    return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"The server did not answer:\n{self.log.read_text()[-2000:]}")

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def _processes(self) -> list[Path]:
        """On Linux, the folders of its processes; elsewhere none."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                if int(stat.read_text().rsplit(")", 1)[1].split()[2]) == self.process.pid:
                    found.append(stat.parent)
            except OSError:
                continue
        return found

    def cpu(self) -> float:
        """Seconds of processor used so far, of all its processes."""
        fields = [(folder / "stat").read_text().rsplit(")", 1)[1].split() for folder in self._processes()]
        return sum(int(field[11]) + int(field[12]) for field in fields) / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        """Memory of all its processes, shared pages counted once."""
        total = 0
        for folder in self._processes():
            lines = (folder / "smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return total / 1024
