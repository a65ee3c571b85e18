"""Files under way in the inbox: written under one name, finished under another."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO


def part_path(inbox: Path, name: str) -> Path:
    """Where the file of a source name is written: the same in every attempt, so that it can be taken up again."""
    return inbox / f"{hashlib.sha256(name.encode()).hexdigest()[:24]}.part"


def finish(part: Path, file: BinaryIO) -> Path:
    """Close a part that is complete, with its bytes on disk, and give it its final name."""
    file.flush()
    os.fsync(file.fileno())
    file.close()
    return part.replace(part.with_suffix(".whole"))
