"""What tests need not do again and again: tables, the cast and compiled templates
are made once in a test process; what a test begins with is a copy, its own."""

import gc
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from argon2 import PasswordHasher
from flask import Flask
from jinja2 import BytecodeCache
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.routing import Rule

from fieldapp import addresses, create_app
from fieldapp.database import db, sqlite
from fieldapp.people import passwords
from tests.cast import Cast

# The same in every test, so that what follows from it by chance, as codes and samples do, is the same too.
MASTER_KEY = bytes(range(32))

# The work that makes guessing slow is not for tests; which kind of digest it is stays.
passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@event.listens_for(Engine, "connect")
def never_wait_for_the_disk(connection, _record):
    """No test cuts the power of its own process; a server that is killed is another one."""
    if isinstance(connection, sqlite.Connection):
        connection.execute("PRAGMA synchronous=OFF").close()


def lay_out(instance: Path, *, with_cast: bool) -> None:
    """Key and database of a site, before its application is made."""
    keys = instance / "keys"
    keys.mkdir(parents=True, mode=0o700)
    (keys / "master.key").touch(0o600)
    (keys / "master.key").write_bytes(MASTER_KEY)
    (instance / "fieldapp.db").write_bytes(_database(with_cast))


@cache
def _database(with_cast: bool) -> bytes:
    with TemporaryDirectory() as folder:
        app = create_app({"INSTANCE": folder, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/fieldapp.db", "TESTING": True})
        with app.app_context():
            db.create_all()
            if with_cast:
                Cast()
            db.session.remove()
            db.engine.dispose()
        return Path(folder, "fieldapp.db").read_bytes()


class _Compiled(BytecodeCache):
    """Kept in memory; a template is compiled for each language by itself."""

    def __init__(self):
        self.codes: dict = {}

    def get_bucket(self, environment, name, filename, source):
        return super().get_bucket(environment, f"{environment.speaks} {name}", filename, source)

    def load_bytecode(self, bucket):
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket):
        self.codes[bucket.key, bucket.checksum] = bucket.code


_compiled = _Compiled()


def reuse_templates(app) -> None:
    app.jinja_env.bytecode_cache = _compiled


def let_go() -> None:
    """What was kept for the addresses of a site that is gone, and the site with them."""
    addresses._built.cache_clear()


def collect_seldom() -> None:
    """What was imported stays: it need not be looked through for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class _Rule(Rule):
    """Building the address of a route is the same work in each application."""

    builders: dict = {}

    def _compile_builder(self, append_unknown: bool = True):
        key = (self.rule, tuple(self._trace), repr(self.defaults), append_unknown)
        if key not in self.builders:
            self.builders[key] = super()._compile_builder(append_unknown)
        return self.builders[key]


Flask.url_rule_class = _Rule


class _Statements(dict):
    """Selects compiled for one engine serve the next: its dialect, the first word of a key, is another object of one kind."""

    def get(self, key, default=None):
        return super().get(key[1:], default)

    def __setitem__(self, key, compiled):
        super().__setitem__(key[1:], compiled)


_statements = _Statements()


def reuse_statements(engine) -> None:
    engine._compiled_cache = _statements
