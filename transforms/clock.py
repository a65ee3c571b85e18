"""The pipeline's own clock."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present in UTC, written without a zone as in every table."""
    return datetime.now(UTC).replace(tzinfo=None)
