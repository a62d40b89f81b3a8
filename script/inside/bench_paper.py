"""A certificate as the worker draws it, beside the bare drawing of the same HTML: one line.

*Bare* is WeasyPrint alone with everything ready: the HTML as text, the fonts and the style sheet loaded. The whole
adds what we do around it: the template, the QR code, the sum of the bytes. Both warm, in turn, in this one process.
"""

import hashlib
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.template.loader import render_to_string  # noqa: E402
from weasyprint import CSS, HTML  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402

from certification import paper  # noqa: E402

BUDGET = 1.25  # times the bare drawing
TEXT = {
    "language": "nb",
    "page_title": "Sertifikat 2026-0042: Ánne Čáhppesŋuolla, sertifisert veileder",
    "place": "De Utrolige Årene, Familienettverket Solvik",
    "number_line": "Sertifikat nummer 2026-0042",
    "title": "Sertifisert veileder",
    "name": "Ánne Čáhppesŋuolla",
    "sentence": "har gjennomført alle trinn i «Veileder».",
    "facts": [["Avgjort", "22. november 2026"], ["Gyldig", "Uten sluttdato"]],
    "signed_by": "Bente Solheim",
    "signed_as": "Mentor, avgjorde sertifiseringen",
    "question": "Er dette sertifikatet ekte, og gjelder det fortsatt?",
    "check_at": "example.org/verify",
    "code": "70AB 1ZZZ ZZZZ ZZZZ ZZZZ ZZZZ ZZ",
    "address": "https://example.org/verify/70AB1ZZZZZZZZZZZZZZZZZZZZZ/",
    "qr_label": "QR-kode til siden som sjekker dette sertifikatet",
}


def whole():
    """What the worker does for one certificate, but for the row."""
    return hashlib.sha256(paper.make_pdf(TEXT)).hexdigest()


def bare_drawing():
    """A function that draws the same HTML and nothing else."""
    html = render_to_string(paper.TEMPLATE, {"text": TEXT, "qr": paper.qr_path(TEXT["address"])})
    fonts, fetcher, images = FontConfiguration(), paper._fetcher(), {}
    source = Path(str(paper.get_template(paper.STYLE).origin)).read_text(encoding="utf-8")
    style = CSS(string=source, font_config=fonts, url_fetcher=fetcher)

    def draw():
        page = HTML(string=html, url_fetcher=fetcher)
        return page.write_pdf(stylesheets=[style], font_config=fonts, cache=images, pdf_variant="pdf/ua-1")

    return draw


def seconds(act):
    """How long it takes once."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def main(rounds):
    """One line: the medians in milliseconds, and the ratio."""
    draw = bare_drawing()
    draw(), whole()
    pairs = [(seconds(draw), seconds(whole)) for _ in range(rounds)]
    bare, ours = (statistics.median(pair[place] for pair in pairs) for place in (0, 1))
    mark = "  over its time" if ours / bare > BUDGET else ""
    print(f"certificate, warm: {ours * 1000:.1f} ms, {ours / bare:.2f} x the bare drawing of {BUDGET:.2f}{mark}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
