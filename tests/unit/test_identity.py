import time
from uuid import UUID

from transforms.identity import new_id


def test_ids_are_uuids_of_version_7_with_the_time_in_front():
    before = time.time_ns() // 1_000_000
    made = UUID(new_id())
    after = time.time_ns() // 1_000_000
    assert made.version == 7 and made.variant == "specified in RFC 4122"
    assert before <= made.int >> 80 <= after


def test_ids_differ_and_sort_by_time():
    made = []
    for _ in range(100):
        made.append(new_id())
        time.sleep(0.00001)
    assert made == sorted(made) and len(set(made)) == 100
