"""Files handed out: always to be saved, never to be shown by the browser."""

import re
from typing import IO
from urllib.parse import quote

from django.http import FileResponse, HttpResponse

from daitu_portal.text import fold


def disposition(name: str) -> str:
    """Content-Disposition (RFC 6266) for `name`, its ending included; without accents for old
    browsers, whole for the others."""
    stem, dot, ending = name.rpartition(".")
    plain = re.sub(r"\W+", "-", fold(stem if dot else name)).strip("-") or "tep"
    ending = re.sub(r"[^a-z0-9]", "", ending.lower()) if dot else ""
    short = f"{plain}.{ending}" if ending else plain
    short = short.encode("ascii", "ignore").decode()
    return f"attachment; filename=\"{short}\"; filename*=UTF-8''{quote(name, safe='')}"


def download(
    content: bytes | IO[bytes], name: str, content_type: str
) -> HttpResponse | FileResponse:
    """`content` to be saved as `name`. An open file is streamed and closed at the end."""
    kind = HttpResponse if isinstance(content, bytes) else FileResponse
    response = kind(content, content_type=content_type)
    response["Content-Disposition"] = disposition(name)
    return guarded(response)


def guarded(response: HttpResponse | FileResponse) -> HttpResponse | FileResponse:
    """`response` with what keeps its content from ever being run, sniffed or stored."""
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
