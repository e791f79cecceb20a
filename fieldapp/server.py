"""The server of a site: ``python -m fieldapp.server``, where HOST and PORT say, with WORKERS processes.

What every worker needs is loaded once, before they are forked, and they share it. Where
processes are not forked (macOS, Python 3.14) each loads its own. The variables of
granian (GRANIAN_…) count for whatever is not settled here.
"""

import ctypes
import gc
import logging
import multiprocessing
import os
import sys

from granian.cli import cli

SETTINGS = {
    "interface": "wsgi",
    "websockets": False,
    "log_level": "warning",
    # Bytes of a connection read in advance: hundreds of phones may send a photo at once, slowly.
    "http1_buffer_size": 16384,
    # A worker that was killed is followed by another; one that keeps failing ends the server.
    "respawn_failed_workers": True,
    # Seconds in which a worker may finish what it has begun.
    "workers_kill_timeout": 5,
}
# What granian advises against so many threads: they are meant, and wait for a place (waiting.py).
ADVICE = "Configuration allows spawning up to"
# Of mallopt(3): one heap for a process's many threads, which gives back what it no longer needs.
ARENA_MAX, TRIM_THRESHOLD = -8, -1


def main(target: str = "wsgi:app") -> None:
    env = os.environ.get
    where = ("--host", env("HOST", "127.0.0.1"), "--port", env("PORT", "8000"), "--workers", env("WORKERS", "2"))
    _spare_memory()
    logging.getLogger("_granian").addFilter(lambda record: not record.getMessage().startswith(ADVICE))
    if multiprocessing.get_start_method() == "fork":
        _load()
    cli.main([*where, target], prog_name="fieldapp.server", default_map=SETTINGS, auto_envvar_prefix="GRANIAN")


def _spare_memory() -> None:
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(ARENA_MAX, 1)
        mallopt(TRIM_THRESHOLD, 65536)


def _load() -> None:
    """The modules and their mappings, not the application: no file, no thread, no connection."""
    from sqlalchemy.orm import configure_mappers

    from fieldapp import features

    features.load()
    configure_mappers()
    # Nothing of it is looked through for garbage, which would make it each worker's own.
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main(*sys.argv[1:])
