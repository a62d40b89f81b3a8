"""Migrating takes seconds: a run makes its test database once for each kind of server and copies it for each part."""

import shutil
import subprocess
from contextlib import suppress

import psycopg
from house import PYTHON, ROOT, VAR
from psycopg.sql import SQL, Identifier

MAKE = (
    "from django.db import connection as c; c.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)"
)
SETUP = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings_test'; django.setup(); "


class Databases:
    """The test databases of one run on one server; `clean` removes them all."""

    def __init__(self, url, run):
        self.url, self.run = url, run
        self.made = []

    def make(self, environment):
        """The migrated database that is only copied; returns whether it could be made."""
        environment = environment | {"DATABASE_URL": self.url, "TEST_DB_SUFFIX": self.run}
        self.made.append(self.name(""))
        return subprocess.run([str(PYTHON), "-c", SETUP + MAKE], cwd=ROOT, env=environment).returncode == 0

    def copies(self, part, *, cores):
        """A copy for the part, or one for each of its cores; returns what tells the tests to use them."""
        for end in [f"_gw{number}" for number in range(cores)] or [""]:
            self.copy(self.name(""), self.name(f"_{part}", end))
        return {"DATABASE_URL": self.url, "TEST_DB_SUFFIX": f"{self.run}_{part}"}

    def name(self, part, end=""):
        """As config/settings.py and pytest name it."""
        base = f"test_supervision_{self.run}{part}"
        return f"{VAR / base}.sqlite3{end}" if self.url.startswith("sqlite") else base + end

    def copy(self, source, target):
        """The same rows under another name."""
        self.made.append(target)
        if self.url.startswith("sqlite"):
            shutil.copyfile(source, target)
        else:
            self.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(target), Identifier(source)))

    def clean(self):
        """Remove what was made here; a database that somebody still holds is let go by force."""
        for name in self.made if not self.url.startswith("sqlite") else ():
            with suppress(psycopg.Error):
                self.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
        if self.url.startswith("sqlite"):
            for path in VAR.glob(f"test_supervision_{self.run}*"):
                path.unlink(missing_ok=True)

    def execute(self, statement):
        """One statement outside any transaction, from the server's own database."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)
