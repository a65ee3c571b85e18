"""Messages in own words, as rows of facts."""

from __future__ import annotations

from typing import Any


def letter(
    text: str = "",
    subject: str = "",
    name: str | None = None,
    address: str | None = "someone@mail.example",
    links: tuple[str, ...] = (),
    files: tuple[tuple[str | None, str], ...] = (),
) -> dict[str, Any]:
    """A row of `messages` with its links, given as `host/path`, and its files, given as name and media type."""
    return {
        "subject": subject,
        "from_name": name,
        "from_address": address,
        "body_text": text,
        "links": [{"url": f"http://{link}", "host": link.partition("/")[0], "source": "text"} for link in links],
        "files": [{"filename": filename, "content_type": kind} for filename, kind in files] or None,
    }
