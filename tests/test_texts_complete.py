"""Every text of the interface stands in every language, and none is a guess."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_nothing_is_untranslated_fuzzy_or_forgotten():
    done = subprocess.run(
        [sys.executable, "script/inside/messages.py", "check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
