"""The paper: HTML and style sheet of a certificate become a PDF/UA-1. Only a worker (or `send_due`) calls this.

WeasyPrint is imported inside the function, so that no web process pays for it; fonts, the parsed style sheet and the
image cache are made once a process. The fetcher serves our own fonts and nothing else, whatever the HTML asks for.
"""

from __future__ import annotations

import atexit
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import get_template, render_to_string

from certification.coverage import FONTS
from certification.qr import qr_path

TEMPLATE = "certification/paper/certificate.html"
STYLE = "certification/paper/certificate.css"
SCHEME = "font:"


class Refused(ValueError):
    """The paper asked for something that is not packaged with it."""


def make_pdf(text: Mapping[str, Any]) -> bytes:
    """The certificate with these frozen lines (see `certificate_text`), tagged, with language and title set."""
    return pdf_from_html(render_to_string(TEMPLATE, {"text": text, "qr": qr_path(text["address"])}))


def pdf_from_html(html: str) -> bytes:
    """The PDF of a whole page of HTML in the certificate's style. Nothing is fetched but our fonts."""
    from weasyprint import HTML

    engine = _engine()
    document = HTML(string=html, url_fetcher=engine["fetcher"], base_url=None)
    pdf: bytes = document.write_pdf(
        stylesheets=[engine["style"]],
        font_config=engine["fonts"],
        cache=engine["images"],
        pdf_variant="pdf/ua-1",
    )
    return pdf


@cache
def _engine() -> dict[str, Any]:
    """What one process keeps: font configuration, parsed style sheet, images, fetcher."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(_engine.cache_clear)  # its own clean-up fails once the interpreter has begun to leave
    fetcher = _fetcher()
    fonts = FontConfiguration()
    style = Path(str(get_template(STYLE).origin)).read_text(encoding="utf-8")  # type: ignore[attr-defined]
    return {
        "fonts": fonts,
        "style": CSS(string=style, font_config=fonts, url_fetcher=fetcher),
        "images": {},
        "fetcher": fetcher,
    }


def _fetcher() -> Any:
    """A fetcher that hands out the packaged fonts by name and refuses everything else, data: addresses too."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    packaged = {f"{SCHEME}{path.name}": path for path in FONTS.glob("*.ttf")}

    class PackagedOnly(URLFetcher):  # type: ignore[misc]  # the library is not typed
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in packaged:
                raise Refused(f"a certificate fetches nothing but its fonts, not {url[:80]}")
            return URLFetcherResponse(url, packaged[url].read_bytes(), {"Content-Type": "font/ttf"})

    return PackagedOnly(allowed_protocols=())
