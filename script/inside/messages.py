"""The texts of the interface in three languages, without gettext: extract, update, compile, check.

script/messages            extract from code and templates, bring locale/*/LC_MESSAGES/django.po up to date
script/messages compile    only make the .mo files that are older than their .po
script/messages check      say what is untranslated, fuzzy or not extracted; exit code 1 if anything is
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from template_messages import extract_django

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALE = ROOT / "locale"
LANGUAGES = ("nb", "da")  # English is what the code itself says
NOT_OURS = {"var", "tests", "migrations", "locale", "script", "docs", "static", "node_modules"}
# A fixed date: a file changes when a text changes, not when somebody looks.
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
METHODS = [("**.py", "python"), ("**/templates/**", extract_django), ("templates/**", extract_django)]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def extract():
    """Every text that the code and the templates ask a translation for."""
    found = Catalog(project="Supervision", charset="utf-8", creation_date=NO_DATE)
    texts = extract_from_dir(
        str(ROOT),
        method_map=METHODS,
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
        directory_filter=lambda folder: Path(folder).name not in NOT_OURS and not Path(folder).name.startswith("."),
    )
    for name, _line, message, comments, context in texts:
        found.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return found


def update():
    """Bring each language's file up to date: new texts empty, vanished ones gone, nothing guessed."""
    template = extract()
    for language in LANGUAGES:
        path = po_file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog = read(language) if path.exists() else Catalog(locale=language, project="Supervision", charset="utf-8")
        catalog.creation_date = catalog.revision_date = NO_DATE
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalog.fuzzy = False
        with path.open("wb") as file:
            write_po(file, catalog, width=119, sort_output=True, include_lineno=False, omit_header=False)


def compile_all():
    """Make each .mo that is missing or older than its .po; whole or not at all."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        draft = target.with_suffix(f".{os.getpid()}")
        with path.open("rb") as source, draft.open("wb") as file:
            write_mo(file, read_po(source, locale=path.parent.parent.name), use_fuzzy=False)
        draft.replace(target)


def problems():
    """One line for each text that is untranslated, fuzzy or not in a language's file."""
    found = []
    template = extract()
    for language in LANGUAGES:
        catalog = read(language) if po_file(language).exists() else Catalog(locale=language)
        for message in template:
            if not message.id:
                continue
            translated = catalog.get(message.id, message.context)
            texts = () if translated is None else translated.string
            texts = texts if isinstance(texts, (tuple, list)) else (texts,)
            if translated is None:
                found.append(f"{language}: not extracted: {message.id!r}")
            elif translated.fuzzy:
                found.append(f"{language}: fuzzy: {message.id!r}")
            elif not texts or not all(texts):
                found.append(f"{language}: untranslated: {message.id!r}")
    return found


def po_file(language):
    """Where a language's texts lie."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language):
    """A language's file as a catalogue."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def main(arguments):
    """Run the verb that is named; returns the exit code."""
    verb = arguments[0] if arguments else "update"
    if verb == "check":
        lines = problems()
        print("\n".join(lines))
        return 1 if lines else 0
    if verb == "update":
        update()
    elif verb != "compile":
        print(__doc__)
        return 2
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
