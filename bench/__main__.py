"""``python -m bench``: requests per second as a share of bare Flask's, and how it grows."""

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path

from bench import load, pages, paint, report, wire
from bench.site import BARE, KEPT, SITE, SPARING, Server, Site

SMALL = 1000
# Pages a second that a server gives even while it reads from the disk.
SLOWEST = 500


def arguments():
    reader = argparse.ArgumentParser(prog="make bench", description=__doc__)
    reader.add_argument("--cases", type=int, default=100_000, help="size of the large database")
    reader.add_argument("--rounds", type=int, default=3)
    reader.add_argument("--seconds", type=float, default=3.0, help="of each run")
    reader.add_argument("--clients", type=int, default=16)
    reader.add_argument("--workers", type=int, default=int(os.environ.get("WORKERS", "2")))
    reader.add_argument("--slow", type=int, default=200, help="phones that hold a connection while one more run is made")
    reader.add_argument("--only", help="pages whose name begins so")
    reader.add_argument("--json", type=Path, help="write the same figures here")
    return reader.parse_args()


def main() -> int:
    chosen = arguments()
    sizes = sorted({min(SMALL, chosen.cases), chosen.cases})
    filled = {}
    for size in sizes:
        print(f"A database of {size:,} cases ...", flush=True)
        filled[size] = Site(size).fill()
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        bench = Bench(chosen, sizes, Path(folder))
        try:
            bench.warm()
            figures = bench.measure()
        finally:
            bench.stop()
    figures["filled_seconds"] = filled
    print(report.table(figures))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    return 1 if any(figures["refused"].values()) else 0


class Bench:
    """The servers side by side; only one is asked at a time."""

    def __init__(self, chosen, sizes: list[int], folder: Path):
        self.chosen, self.sizes = chosen, sizes
        self.pages = [page for page in pages.PAGES if page.name.startswith(chosen.only or "")]
        self.hello = Server(BARE, {**os.environ, **SPARING}, chosen.workers, folder / "hello.log")
        # The kept databases are only read; what is written goes into a copy.
        self.sites = {size: Site(size).copy(folder / str(size)) for size in sizes}
        self.servers = {size: Server(SITE, site.environment, chosen.workers, folder / f"{size}.log") for size, site in self.sites.items()}
        self.hello.wait("/")
        for server in self.servers.values():
            server.wait("/sign-in")
        self.requests = {size: pages.requests(self.sites[size], server) for size, server in self.servers.items()}

    def warm(self) -> None:
        """Templates compiled, catalogues read, in every worker, and the parts of the file that
        are asked for read from the disk, as those of a small one are: not part of a round."""
        for size, server in self.servers.items():
            for asked in self.requests[size].values():
                load.run(server.port, asked, self.chosen.clients, 0.3 + len(asked) / SLOWEST)

    def stop(self) -> None:
        for server in (self.hello, *self.servers.values()):
            server.stop()

    def measure(self) -> dict:
        begin = os.getloadavg()[0]
        runs: dict = {page.name: {size: [] for size in self.sizes} for page in self.pages}
        refused: dict = {}
        for turn in range(self.chosen.rounds):
            for page in self.pages:
                print(f"Round {turn + 1} of {self.chosen.rounds}: {page.name} ...", file=sys.stderr, flush=True)
                bare = self._run(self.hello, [pages.get("/")])
                for size, server in self.servers.items():
                    asked = pages.records(server) if page.writes else self.requests[size][page.name]
                    run = self._run(server, asked)
                    runs[page.name][size].append(report.run(run, bare))
                    for status, count in run["result"].refused.items():
                        refused[f"{page.name} {status}"] = refused.get(f"{page.name} {status}", 0) + count
        large = self.sizes[-1]
        # As the pages left it, before phones hold a thread each.
        megabytes = {"hello": self.hello.megabytes(), **{size: server.megabytes() for size, server in self.servers.items()}}
        return {
            "machine": {"processors": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()},
            "settings": {name: getattr(self.chosen, name) for name in ("cases", "rounds", "seconds", "clients", "workers", "slow")},
            "pages": {page.name: report.page(page, runs[page.name]) for page in self.pages},
            "bytes": self._bytes(large),
            "slow_phones": self._slow(large),
            "first_paint": self._paint(large),
            "load": {"begin": begin, "end": os.getloadavg()[0]},
            "refused": refused,
            "megabytes": megabytes,
        }

    def _run(self, server: Server, asked: list[bytes], clients: int | None = None) -> dict:
        before = server.cpu()
        result = load.run(server.port, asked, clients or self.chosen.clients, self.chosen.seconds)
        share = self.chosen.seconds / (self.chosen.seconds + load.WARM_UP)
        return {"result": result, "cpu": (server.cpu() - before) * share}

    def _bytes(self, size: int) -> dict[str, int]:
        """Head and body of each page; the resident's in each language."""
        port, asked = self.servers[size].port, self.requests[size]
        path = asked["resident"][0].split()[1].decode()
        found = {f"resident {language}": len(wire.answer(port, pages.get(path, language))) for language in pages.LANGUAGES}
        return found | {name: len(wire.answer(port, some[0])) for name, some in asked.items() if not name.startswith("resident")}

    def _paint(self, size: int) -> dict | None:
        """The resident's page in Chromium beside a plain one; None without a browser."""
        path = self.requests[size]["resident"][0].split()[1].decode()
        ports = self.servers[size].port, self.hello.port
        return paint.measure(f"http://127.0.0.1:{ports[0]}{path}", f"http://127.0.0.1:{ports[1]}/plain", paint.ROUNDS)

    def _slow(self, size: int) -> dict[str, float]:
        """The median of a resident's page, alone and beside slow phones."""
        server, asked = self.servers[size], self.requests[size]["resident"]
        found = {"phones": self.chosen.slow, "alone_ms": self._run(server, asked, clients=4)["result"].percentile(0.5)}
        for name, part in (("asking_ms", wire.ASKING), ("sending_ms", wire.SENDING)):
            with wire.SlowPhones(server.port, self.chosen.slow, part):
                found[name] = self._run(server, asked, clients=4)["result"].percentile(0.5)
        return found


if __name__ == "__main__":
    sys.exit(main())
