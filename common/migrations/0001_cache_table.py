"""The table of the default cache: rate limits and one-use codes must hold over all processes."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    """Make it where CACHE_URL names a table; nothing where it names Redis."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
