"""The same texts, the same truth: near-duplicates as found here, by datasketch and by TLSH.

The truth is the simulator's: texts of one campaign belong together. The peers get the words as folded here (datasketch)
or the text in lower case (TLSH, which needs fifty characters), and the best of several thresholds; this project runs
as it is shipped. TLSH has no index: each text is compared with all others, which is why the texts are few.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from datasketch import MinHash, MinHashLSH
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from benchmarks.agreement import bcubed
from transforms.campaigns.digests import digest64
from transforms.campaigns.folding import words
from transforms.campaigns.manner import manner
from transforms.campaigns.matching import TEXT_REACH, alike, sharing_pairs
from transforms.campaigns.signatures import BANDS, PERMUTATIONS, bands, short, sketch
from transforms.campaigns.word_columns import fold_column
from transforms.lake import Lake

TEXTS = 5_000
_ROWS = f"""
    SELECT message_sha256, body_text, header_names, content_type, charset FROM messages
    WHERE body_text_bytes >= 100 ORDER BY message_key LIMIT {TEXTS}
"""
_JACCARD = (0.3, 0.5, 0.7, 0.85)
_DISTANCES = (30, 60, 90, 120)

Found = Iterator[tuple[str, float, np.ndarray]]
"""Name with its threshold, seconds, and pairs of places that belong together."""


def compare(lake: Lake, truth: Path) -> None:
    """Print seconds and B-cubed F1 of each, on `TEXTS` messages of a lake of simulated mail."""
    with lake.read() as con:
        rows = con.execute(_ROWS).to_arrow_table()
    table = pq.read_table(truth / "messages.parquet", columns=["message_sha256", "campaign_id"])
    campaign = dict(zip(table["message_sha256"].to_pylist(), table["campaign_id"].to_pylist(), strict=True))
    named = {place: campaign[sha] for place, sha in enumerate(rows["message_sha256"].to_pylist()) if campaign[sha]}
    best: dict[str, tuple[float, str]] = {}
    for peer in (_ours, _datasketch, _tlsh):
        for name, seconds, pairs in peer(rows):
            f1 = _f1(named, pairs, len(rows))
            line = f"{name:42} {seconds:7.2f} s   B-cubed F1 {f1:.4f}"
            best[peer.__name__] = max(best.get(peer.__name__, (0.0, "")), (f1, line))
    print(f"near-duplicates of {len(rows):,} texts; of each peer the threshold that suits it best")
    for _, line in best.values():
        print(line)


def _f1(truth: dict[int, str], pairs: np.ndarray, count: int) -> float:
    graph = coo_array((np.ones(len(pairs), dtype=np.int8), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    _, label = connected_components(graph, directed=False)
    precision, recall = bcubed(truth, dict(enumerate(label.tolist())))
    return 2 * precision * recall / (precision + recall)


def _ours(rows: pa.Table) -> Found:
    begun = time.perf_counter()
    column = fold_column(rows["body_text"].combine_chunks())
    signatures = sketch(column)
    sent = zip(*(rows[name].to_pylist() for name in ("header_names", "content_type", "charset")), strict=True)
    manners = np.array([digest64(manner(*each)) for each in sent])
    keys = bands(signatures).ravel()
    one, other, _ = sharing_pairs(keys, np.repeat(np.arange(len(rows)), BANDS), TEXT_REACH)
    edges = alike(one, other, short(signatures), manners)
    yield "spamledger, as shipped", time.perf_counter() - begun, np.stack([edges.one, edges.other], axis=1)


def _datasketch(rows: pa.Table) -> Found:
    begun = time.perf_counter()
    texts = rows["body_text"].to_pylist()
    hashes = [_minhash(words(text)) for text in texts]
    hashed = time.perf_counter() - begun
    for threshold in _JACCARD:
        begun = time.perf_counter()
        index, pairs = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS), []
        for place, each in enumerate(hashes):
            pairs += [(other, place) for other in index.query(each) if hashes[other].jaccard(each) >= threshold]
            index.insert(place, each)
        yield f"datasketch MinHashLSH, {threshold}", hashed + time.perf_counter() - begun, _array(pairs)


def _minhash(told: list[str]) -> MinHash:
    minhash = MinHash(num_perm=PERMUTATIONS)
    minhash.update_batch([f"{one} {other}".encode() for one, other in pairwise(told)])
    return minhash


def _tlsh(rows: pa.Table) -> Found:
    try:
        import tlsh
    except ImportError:
        print("TLSH is left out: `pip install py-tlsh`, which needs a C++ compiler")
        return
    begun = time.perf_counter()
    texts = enumerate(rows["body_text"].to_pylist())
    digests = [(place, digest) for place, text in texts if (digest := tlsh.hash(text.lower().encode())) != "TNULL"]
    near = [
        (one, other, distance)
        for (one, a), (other, b) in combinations(digests, 2)
        if (distance := tlsh.diff(a, b)) <= max(_DISTANCES)
    ]
    seconds = time.perf_counter() - begun
    for threshold in _DISTANCES:
        yield f"TLSH, all pairs, {threshold}", seconds, _array((a, b) for a, b, d in near if d <= threshold)


def _array(pairs: Iterable[tuple[int, int]]) -> np.ndarray:
    return np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
