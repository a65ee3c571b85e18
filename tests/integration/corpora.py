"""Archives of real mail that may lie beside the checkout; they are not part of the project."""

from __future__ import annotations

from pathlib import Path

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
FEEDS = {
    "spamassassin": {
        "format": "eml",
        "trusted_hosts": ["jmason.org", "spamassassin.taint.org", "netnoteinc.com", "localhost"],
    },
    "untroubled-2015-03": {
        "format": "eml",
        "trusted_hosts": ["bruce-guenter.dyndns.org", "futurequest.net", "localhost", "127.0.0.1"],
    },
    "nazario-2005": {"format": "mbox", "trusted_hosts": []},
    "mime-suites": {"format": "eml", "trusted_hosts": []},
}
"""By the names of the archives, and of feeds that read them: keys of the catalogue."""
