"""Names of organisations are told apart by case, spaces and Unicode form only; until now accents were left out too."""

import unicodedata

from django.db import migrations, models
from django.db.models import Q


def fill(apps, schema_editor):
    """The key of every name, as `common.text.identity_of` made it when this was written."""
    Organisation = apps.get_model("programmes", "Organisation")
    rows = list(Organisation.objects.only("pk", "name"))
    for row in rows:
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", row.name).casefold())
        row.name_key = " ".join(folded.split())[:250]
    Organisation.objects.bulk_update(rows, ["name_key"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="organisation",
            name="name_key",
            field=models.CharField(default="", editable=False, max_length=400),
        ),
        migrations.RemoveConstraint(model_name="organisation", name="organisation_network_name"),
        migrations.RemoveConstraint(model_name="organisation", name="organisation_name_in_parent"),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=Q(parent__isnull=True), fields=["name_key"], name="organisation_network_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=Q(parent__isnull=False), fields=["parent", "name_key"], name="organisation_key_in_parent"
            ),
        ),
    ]
