"""Copies of a site while it runs, bringing one back, and a look at its health.

A copy holds the database and the uploads, never the keys: whoever finds a
copy reads no sealed contact with it. The keys are copied apart, once.
"""

import shutil
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import click
from flask import Flask, current_app

from fieldapp import journal
from fieldapp.database import WAL_IS_SOUND, db, sqlite

DATABASE = "fieldapp.db"


def init_app(app: Flask) -> None:
    for command in (backup, restore, doctor):
        app.cli.add_command(command)


def _database() -> Path:
    if db.engine.dialect.name != "sqlite" or not db.engine.url.database:
        raise click.ClickException("This copies SQLite sites. On PostgreSQL use pg_dump and copy the uploads folder.")
    return Path(db.engine.url.database)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path):
    """Writes the database and the uploads to FILE (.tar.gz) while the site runs."""
    uploads = current_app.config["INSTANCE"] / "uploads"
    with tempfile.TemporaryDirectory() as folder:
        snapshot = Path(folder) / DATABASE
        source, target = sqlite.connect(str(_database())), sqlite.connect(str(snapshot))
        source.backup(target, pages=-1)
        target.close()
        source.close()
        draft = file.with_name(file.name + ".part")
        with tarfile.open(draft, "w:gz") as archive:
            archive.add(snapshot, DATABASE)
            if uploads.exists():
                archive.add(uploads, "uploads")
        draft.chmod(0o600)
        draft.replace(file)
    click.echo(f"Written: {file} ({file.stat().st_size:,} bytes). The keys folder is not in it: keep a copy of it elsewhere.")


@click.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of the data that is here now; those are kept beside it.")
@click.pass_context
def restore(context, file: Path, replace: bool):
    """Brings FILE back, then verifies it. Stop the server first."""
    database, instance = _database(), current_app.config["INSTANCE"]
    if database.exists() and not replace:
        raise click.ClickException("There is a database already. Add --replace; what is here now will be kept beside it.")
    with tempfile.TemporaryDirectory(dir=instance) as folder:
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")
        db.engine.dispose()
        aside = instance / time.strftime("before-restore-%Y%m%d-%H%M%S")
        for name, place in ((DATABASE, database), ("uploads", instance / "uploads")):
            if place.exists():
                aside.mkdir(mode=0o700, exist_ok=True)
                shutil.move(place, aside / place.name)
            if (Path(folder) / name).exists():
                shutil.move(Path(folder) / name, place)
        for rest in ("-wal", "-shm"):
            Path(f"{database}{rest}").unlink(missing_ok=True)
    context.invoke(current_app.cli.commands["verify"])


@click.command()
@click.pass_context
def doctor(context):
    """Says what is well and what is not; exit status 1 where something is not."""
    found = list(_symptoms())
    for well, sentence in found:
        click.echo(f"{'ok ' if well else 'NOT'} {sentence}")
    if not all(well for well, _sentence in found):
        context.exit(1)


def _symptoms() -> Iterator[tuple[bool, str]]:
    instance = current_app.config["INSTANCE"]
    keys = current_app.config["KEYS"].folder
    free = shutil.disk_usage(instance).free
    yield free > 2**30, f"{free / 2**30:.1f} GiB of disk are free"
    for key in sorted(keys.glob("*")):
        yield key.stat().st_mode & 0o077 == 0, f"{key.name}: nobody else may read it"
    if db.engine.dialect.name == "sqlite":
        mode = db.session.execute(db.text("PRAGMA journal_mode")).scalar()
        yield WAL_IS_SOUND or mode != "wal", f"SQLite {sqlite.sqlite_version}, journal {mode}"
        yield db.session.execute(db.text("PRAGMA quick_check")).scalar() == "ok", "the database's pages are whole"
    yield not journal.is_foreign(), "master.key: the key of this database"
    yield from current_app.config["KEYS"].symptoms()
    for symptoms in current_app.extensions.get("symptoms", []):
        yield from symptoms()
    base = current_app.config["BASE_URL"]
    yield base.startswith("https://") or "//127.0.0.1" in base, f"{base}: phones need https"
