"""What mail servers said is kept without addresses: those that stand in what was kept before are taken out."""

import re

from django.db import migrations

ADDRESS = re.compile(r"""<?(?:"[^"]*"|[^\s<>"'(),:;\[\]]+)@(?:\[[^\]\s]*\]|[^\s<>"'(),:;\[\]]*[^\s<>"'(),.:;\[\]])>?""")


def take_out(apps, schema_editor):
    """In chunks: a queue may hold years of refusals."""
    notices = apps.get_model("notices", "Notice").objects
    changed = []
    for notice in notices.filter(last_error__contains="@").only("last_error").iterator(chunk_size=500):
        notice.last_error = ADDRESS.sub("<address>", notice.last_error)[:500]
        changed.append(notice)
        if len(changed) == 500:
            notices.bulk_update(changed, ["last_error"])
            changed = []
    notices.bulk_update(changed, ["last_error"])


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_opt_out")]

    operations = [migrations.RunPython(take_out, migrations.RunPython.noop, elidable=True)]
