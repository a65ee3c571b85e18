"""Damaged, cut and malicious containers: what is readable is read, and every loss is a place with a reason."""

import bz2
import gzip
import io
import struct
import tarfile
import tracemalloc
import zipfile

import container_bytes as made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.feeds import BrokenPlace, Limits, RawMessage, read_container

MESSAGES = [made.message(number, f"{number} lines of text\n" * 200) for number in range(40)]
FILES = {f"{number}.eml": content for number, content in enumerate(MESSAGES)}


def reasons(found):
    return [item.reason for item in found if isinstance(item, BrokenPlace)]


def contents(found):
    return [item.content for item in found if isinstance(item, RawMessage)]


@pytest.mark.parametrize(
    "data",
    [b"", gzip.compress(b""), made.tar({}), made.zipped({}), made.seven_zip({})],
    ids=["nothing", "gz", "tar", "zip", "7z"],
)
@pytest.mark.parametrize("format", ["mbox", "eml", None])
def test_empty_file(read, data, format):
    assert reasons(read(data, format)) == ["empty_container"]


def test_an_empty_file_in_an_archive_is_an_empty_message(read):
    assert [(item.entry_name, item.content) for item in read(made.tar({"a": b""}))] == [("a", b"")]


@pytest.mark.parametrize("compression", ["gz", "bz2", "xz", "zst"])
def test_truncated_mbox_gives_all_messages_before_the_cut(read, compression):
    noise = [made.message(n, "".join(f"{(n * 7919 + i) ** 5}\n" for i in range(200))) for n in range(40)]
    whole = made.COMPRESS[compression](made.mbox(noise))
    found = read(whole[: len(whole) * 2 // 3])
    assert reasons(found) == ["container_truncated"]
    assert contents(found) == noise[: len(found) - 1]
    if compression in ("gz", "zst"):  # the others need whole blocks
        assert len(found) > 15
    if len(found) > 1:
        assert found[-1].byte_offset == made.mbox(noise).index(b"Subject: number %d\n" % (len(found) - 1)) - len(
            made.mbox([noise[len(found) - 1]]).partition(b"Subject")[0]
        )


def test_truncated_gz_inside_a_tar_costs_only_its_entry(read):
    found = read(made.tar({"a.gz": gzip.compress(MESSAGES[0])[:-9], "b": MESSAGES[1]}))
    assert [getattr(item, "reason", None) for item in found] == ["container_truncated", None]
    assert found[0].entry_name == "a.gz"


def test_truncated_tar(read):
    whole = made.tar(FILES)
    inside_an_entry = whole.index(MESSAGES[20]) + 700
    found = read(whole[:inside_an_entry], "eml")
    assert contents(found) == MESSAGES[:20]
    assert [(item.reason, item.entry_name) for item in found[20:]] == [("container_truncated", "20.eml")]


def test_tar_without_its_end_mark(read):
    whole = made.tar({"a": MESSAGES[0]})
    end = 512 + len(MESSAGES[0]) + -len(MESSAGES[0]) % 512
    found = read(whole[:end])
    assert (contents(found), reasons(found)) == ([MESSAGES[0]], ["container_truncated"])


def test_truncated_tar_gz_reports_once(read):
    whole = gzip.compress(made.tar({f"{n}": bytes(str(n**99), "ascii") * 99 for n in range(3, 400)}))
    found = read(whole[: len(whole) // 2])
    assert len(contents(found)) > 20
    assert reasons(found) == ["container_truncated"]


@pytest.mark.parametrize("build", [made.zipped, made.seven_zip])
def test_truncated_zip_and_7z(read, build):
    whole = build(FILES)
    assert reasons(read(whole[: len(whole) // 2])) == ["container_truncated"]


@pytest.mark.parametrize("compression", ["gz", "bz2", "xz", "zst"])
def test_garbage_after_the_end_costs_no_message(read, compression):
    found = read(made.COMPRESS[compression](made.mbox(MESSAGES)) + b"garbage")
    assert contents(found) == MESSAGES
    assert reasons(found) == ["container_broken"]


def test_damaged_gz(read):
    data = bytearray(gzip.compress(made.mbox(MESSAGES)))
    data[-6] ^= 0xFF  # in the checksum
    assert reasons(read(bytes(data))) == ["container_broken"]


def test_damaged_tar_header_costs_its_entry(read):
    data = bytearray(made.tar(FILES))
    data[data.index(b"7.eml")] ^= 0xFF
    found = read(bytes(data), "eml")
    assert contents(found) == MESSAGES[:7] + MESSAGES[8:17] + MESSAGES[17:]
    assert reasons(found) == ["container_broken"]


def test_garbage_behind_a_tar(read):
    found = read(made.tar({"a": MESSAGES[0]}) + b"x" * 1000)
    assert (contents(found), len(reasons(found))) == ([MESSAGES[0]], 1)


def test_damaged_zip_entry_costs_only_itself(read):
    data = bytearray(made.zipped(FILES))
    data[60] ^= 0xFF
    found = read(bytes(data))
    assert contents(found) == MESSAGES[1:]
    assert [(item.reason, item.entry_name) for item in found[:1]] == [("archive_entry_broken", "0.eml")]


@pytest.mark.parametrize("method", ["copy", "lzma", "lzma2", "bzip2", "deflate"])
def test_damaged_7z_loses_no_file_silently(read, method):
    found = read(made.seven_zip(FILES, method, damage=50))
    assert len(found) == len(FILES)
    assert "archive_entry_broken" in reasons(found)


def test_damaged_7z_header(read):
    data = bytearray(made.seven_zip(FILES))
    data[-3] ^= 0xFF
    assert reasons(read(bytes(data))) == ["container_broken"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize(("field", "value"), [(16, 1), (20, 9), (24, 99), (42, 7), (42, (1 << 32) - 2)])
def test_a_zip_directory_that_lies_costs_one_entry(read, method, field, value):
    data = bytearray(made.zipped({"a": MESSAGES[0], "b": MESSAGES[1]}, method))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + field, value)  # checksum, sizes, place
    found = read(bytes(data))
    assert (reasons(found), contents(found)) == (["archive_entry_broken"], [MESSAGES[1]])


def test_a_zip_entry_whose_checksum_is_right_is_whole_whatever_its_size(read):
    data = bytearray(made.zipped({"a": MESSAGES[0]}))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 99_999)
    assert read(bytes(data)) == [RawMessage(MESSAGES[0], "a")]


def test_damaged_properties_in_a_zip_of_lzma(read):
    data = bytearray(made.zipped({"a": MESSAGES[0], "b": MESSAGES[1]}, zipfile.ZIP_LZMA))
    data[35] = 0xFF
    found = read(bytes(data))
    assert (reasons(found), contents(found)) == (["archive_entry_broken"], [MESSAGES[1]])
    whole = made.zipped({"a": MESSAGES[0]}, zipfile.ZIP_LZMA)
    assert reasons(read(whole, limits=Limits(window_bytes=1 << 10))) == ["archive_entry_broken"]


def test_encrypted_zip(read):
    data = bytearray(made.zipped({"secret": MESSAGES[0], "open": MESSAGES[1]}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    found = read(bytes(data))
    assert (reasons(found), contents(found)) == (["archive_encrypted"], [MESSAGES[1]])


def test_encrypted_7z(read):
    assert reasons(read(made.seven_zip({"a": MESSAGES[0], "b": MESSAGES[1]}, "aes"))) == ["archive_encrypted"] * 2
    hidden = made.with_packed_header(made.seven_zip({"a": MESSAGES[0]}), "aes")
    assert reasons(read(hidden)) == ["archive_encrypted"]


def test_unsupported_compression(read):
    assert reasons(read(made.seven_zip({"a": MESSAGES[0]}, "ppmd"))) == ["archive_entry_broken"]
    data = bytearray(made.zipped({"a": MESSAGES[0]}))
    for mark, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(mark) + method] = 9  # deflate64
    assert reasons(read(bytes(data))) == ["archive_entry_broken"]


@pytest.mark.parametrize("magic", [b"Rar!\x1a\x07\x01\x00", b"\x1f\x9d\x90", b"MSCF\0\0\0\0", b"\x04\x22\x4d\x18"])
def test_containers_that_are_not_opened(read, magic):
    assert reasons(read(magic + bytes(range(256)) * 4)) == ["format_unknown"]


@pytest.mark.parametrize(
    "type", [tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, b"S"]
)
def test_links_and_devices_in_a_tar(read, type):
    (place,) = read(made.tar_special(type))
    assert (place.reason, place.entry_name) == ("archive_entry_broken", "odd")
    assert "passwd" not in place.detail


def test_folders_in_a_tar_are_passed_over(read):
    assert reasons(read(made.tar_special(tarfile.DIRTYPE))) == ["empty_container"]


def test_symbolic_link_in_a_zip(read):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        info = zipfile.ZipInfo("odd")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert reasons(read(target.getvalue())) == ["archive_entry_broken"]


def test_sparse_file_in_a_pax_tar(read):
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        info = tarfile.TarInfo("hole")
        info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0"}
        archive.addfile(info)
    assert reasons(read(target.getvalue())) == ["archive_entry_broken"]


def test_extended_tar_header_of_a_gigabyte_is_not_believed(read):
    info = tarfile.TarInfo("long")
    info.type, info.size = tarfile.XHDTYPE, 1 << 30
    assert reasons(read(info.tobuf() + b"x" * 2000)) == ["container_truncated"]


@pytest.mark.parametrize("field", [b"\xff" * 12, b"9" * 12, b"-1".ljust(12, b"\0"), b"\x80" + b"\xff" * 11])
def test_absurd_tar_sizes(read, field):
    header = bytearray(tarfile.TarInfo("a").tobuf())
    header[124:136] = field
    header[148:156] = b"%06o\0 " % (sum(header[:148]) + 8 * 32 + sum(header[156:]))
    assert "container_truncated" in reasons(read(bytes(header) + b"x" * 600))


MONOTONY = b"a" * (60 << 20)
BOMBS = {
    "gz": gzip.compress(MONOTONY),
    "bz2": bz2.compress(MONOTONY),
    "zst": made.COMPRESS["zst"](MONOTONY),
    "zip": made.zipped({"long": MONOTONY}),
    "zip of bzip2": made.zipped({"long": MONOTONY}, zipfile.ZIP_BZIP2),
    "zip of LZMA": made.zipped({"long": MONOTONY}, zipfile.ZIP_LZMA),
    "7z": made.seven_zip({"long": MONOTONY}),
    "tar in gz": gzip.compress(made.tar({"long": MONOTONY})),
    "gz in zip": made.zipped({"a.gz": gzip.compress(MONOTONY)}),
    "zip in tar": made.tar({"a.zip": made.zipped({"long": MONOTONY})}),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_are_broken_off_in_flat_memory(read, bomb):
    tracemalloc.start()
    found = read(BOMBS[bomb], "eml", limits=Limits(ratio_free_bytes=8 << 20))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reasons(found) == ["archive_ratio_limit"]
    assert not contents(found)
    assert peak < 80 << 20


def test_messages_before_a_bomb_are_read(read):
    archive = made.zipped({"a": MESSAGES[0], "bomb": MONOTONY, "b": MESSAGES[1]})
    assert contents(read(archive, limits=Limits(ratio_free_bytes=8 << 20))) == [MESSAGES[0]]


def test_size_and_entry_limits(read):
    assert reasons(read(gzip.compress(MESSAGES[0]), limits=Limits(decompressed_bytes=1000))) == ["archive_size_limit"]
    for build in (made.tar, made.zipped, made.seven_zip):
        assert reasons(read(build(FILES), limits=Limits(entries=30))) == ["archive_entry_limit"]
    nested = made.tar({"a.zip": made.zipped(FILES)})
    assert reasons(read(nested, limits=Limits(spool_bytes=100))) == ["archive_size_limit"]


def test_an_xz_that_wants_too_much_memory(read):
    assert reasons(read(made.COMPRESS["xz"](MESSAGES[0]), limits=Limits(window_bytes=1 << 20))) == ["container_broken"]


def test_a_zip_directory_that_counts_more_than_the_limit_is_not_loaded(read):
    data = made.zipped({"a": MESSAGES[0]}) + b"PK\x01\x02" * 2_000
    assert reasons(read(data, limits=Limits(entries=1_000))) == ["archive_entry_limit"]


def test_a_7z_header_that_counts_more_than_it_holds(read):
    header = b"\x01\x05" + b"\xff" + struct.pack("<Q", 1 << 60)
    assert reasons(read(made._around(b"", header))) == ["container_broken"]


def test_no_temporary_file_is_left(read, tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    (tmp_path / "nested").write_bytes(made.tar({"a.zip": made.zipped(FILES), "b.7z": made.seven_zip(FILES)}))
    found = read_container(tmp_path / "nested", "nested")
    next(found)
    assert not list(folder.iterdir())
    found.close()
    assert not list(folder.iterdir())


SEEDS = [
    made.COMPRESS["gz"](made.mbox(MESSAGES[:3])),
    made.COMPRESS["zst"](made.tar({"a": MESSAGES[0]})),
    made.tar({"a" * 120: MESSAGES[0], "b": gzip.compress(MESSAGES[1])}),
    made.zipped({"a": MESSAGES[0], "b": made.seven_zip({"c": MESSAGES[1]})}),
    made.seven_zip({"a": MESSAGES[0], "b": b"", "c": MESSAGES[2]}, "x86+lzma2"),
    made.with_packed_header(made.seven_zip(FILES)),
]


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), max_size=5))
def test_flipped_bytes_never_raise(tmp_path_factory, seed, flips):
    data = bytearray(seed)
    for place, mask in flips:
        data[int(place * len(data))] ^= mask
    path = tmp_path_factory.getbasetemp() / "flipped"
    path.write_bytes(data)
    assert list(read_container(path, "flipped", None))


@settings(deadline=None, max_examples=300)
@given(
    st.integers(0, 2**32),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=3),
)
def test_a_7z_header_with_true_checksums_and_false_content_never_raises(tmp_path_factory, _, changes):
    archive = made.seven_zip({"a": MESSAGES[0], "b": b"", "c": MESSAGES[2]})
    offset = struct.unpack("<Q", archive[12:20])[0]
    header = bytearray(archive[32 + offset :])
    for place, value in changes:
        header[int(place * len(header))] = value
    path = tmp_path_factory.getbasetemp() / "changed"
    path.write_bytes(made._around(archive[32 : 32 + offset], bytes(header)))
    assert list(read_container(path, "changed", None))


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=3000), st.sampled_from(["mbox", "eml", None]))
def test_no_bytes_raise(tmp_path_factory, data, format):
    path = tmp_path_factory.getbasetemp() / "noise"
    path.write_bytes(data)
    assert all(isinstance(item, (RawMessage, BrokenPlace)) for item in read_container(path, "noise", format))
