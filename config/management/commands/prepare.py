"""`manage.py prepare`: what stands between a fresh checkout and a product that answers."""

import hashlib
import io
import json
import os
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from config.environment import LOOPBACK_HOSTS, Environment

HOW_TO_BEGIN = """
The database is empty and no demo was asked for. Begin with:
  .venv/bin/python manage.py create_network "Name of the network" --coordinator you@example.org
  .venv/bin/python manage.py install_programme dua --language nb
"""


class Command(BaseCommand):
    """Tables, cache table, static files and, on an empty database of one's own machine, the demo."""

    help = "Migrate, collect static files and, on an empty database on loopback, seed the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        """Each part only does what has not been done; a second start takes about a second."""
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except DatabaseError as error:
            raise CommandError(f"The database of DATABASE_URL cannot be used: {str(error).strip()}") from error
        call_command("createcachetable", verbosity=0)
        self.collect_static()
        if not apps.get_model("programmes", "Organisation").objects.exists():
            self.begin()
        self.tell_sign_ins()

    def collect_static(self) -> None:
        """Collect and compress when a source file, the settings or the code of the storage changed."""
        stamp = Path(settings.VAR_DIR) / "static.stamp"
        wanted = fingerprint()
        if stamp.exists() and stamp.read_text() == wanted and any(Path(settings.STATIC_ROOT).iterdir()):
            return
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(wanted)

    def begin(self) -> None:
        """The demo where passwords that everybody knows do no harm; else the lines that make a first network."""
        loopback = settings.SITE_IS_LOOPBACK and os.environ.get("HOST", "127.0.0.1") in LOOPBACK_HOSTS
        asked = Environment(os.environ, var_dir=settings.VAR_DIR).flag("SEED_DEMO", default=loopback)
        if not asked or "seed_demo" not in get_commands():
            self.stdout.write(HOW_TO_BEGIN)
            return
        self.stdout.write("Filling the empty database with the demo networks")
        told = io.StringIO()
        call_command("seed_demo", json=True, force=not settings.SITE_IS_LOOPBACK, stdout=told)
        kept = self.kept_sign_ins()
        kept.parent.mkdir(exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(json.dumps(json.loads(told.getvalue())))

    def tell_sign_ins(self) -> None:
        """Leave the demo's sign-ins in var/demo.json when this database has the demo, and nothing when it has not."""
        target = Path(settings.VAR_DIR) / "demo.json"
        target.unlink(missing_ok=True)
        if self.kept_sign_ins().exists():
            target.touch(mode=0o600)
            target.write_text(self.kept_sign_ins().read_text())

    def kept_sign_ins(self) -> Path:
        """Where the sign-ins of the demo in this very database are kept."""
        place = "{ENGINE} {HOST} {PORT} {NAME}".format(**connection.settings_dict)
        return Path(settings.VAR_DIR) / "demo" / f"{hashlib.sha256(place.encode()).hexdigest()[:16]}.json"


def fingerprint() -> str:
    """Of every static source: name, size and time of its last change."""
    digest = hashlib.sha256(repr(settings.STORAGES).encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()
