"""Every container in every compression gives back the messages that went in."""

import base64
import gzip
import struct
import tarfile
import zipfile

import container_bytes as made
import pytest

from transforms.feeds import RawMessage, read_container

MESSAGES = [made.message(number, "line\n" * number) for number in range(5)]
FILES = {f"new/{number}.host": content for number, content in enumerate(MESSAGES)}
ARCHIVES = {
    "tar": made.tar,
    "ustar": lambda files: made.tar(files, tarfile.USTAR_FORMAT),
    "gnu": lambda files: made.tar(files, tarfile.GNU_FORMAT),
    "zip": made.zipped,
    "stored": lambda files: made.zipped(files, zipfile.ZIP_STORED),
    "zip-bzip2": lambda files: made.zipped(files, zipfile.ZIP_BZIP2),
    "zip-lzma": lambda files: made.zipped(files, zipfile.ZIP_LZMA),
    "7z": made.seven_zip,
    "7z-packed-header": lambda files: made.with_packed_header(made.seven_zip(files)),
}


@pytest.mark.parametrize("compression", made.COMPRESS)
@pytest.mark.parametrize("format", ["mbox", None])
def test_mbox_in_every_compression(read, compression, format):
    found = read(made.COMPRESS[compression](made.mbox(MESSAGES)), format)
    assert [item.content for item in found] == MESSAGES
    assert {item.envelope_from for item in found} == {"sender@origin.example"}
    assert {item.entry_name for item in found} == {None}


@pytest.mark.parametrize("compression", made.COMPRESS)
@pytest.mark.parametrize("format", ["eml", "maildir", None])
def test_single_message_in_every_compression(read, compression, format):
    assert read(made.COMPRESS[compression](MESSAGES[1]), format) == [RawMessage(MESSAGES[1])]


@pytest.mark.parametrize("compression", made.COMPRESS)
@pytest.mark.parametrize("archive", ARCHIVES)
def test_messages_in_every_archive_and_compression(read, compression, archive):
    found = read(made.COMPRESS[compression](ARCHIVES[archive](FILES)), "maildir")
    assert {item.entry_name: item.content for item in found} == FILES


@pytest.mark.parametrize("inner", made.COMPRESS)
@pytest.mark.parametrize("archive", ARCHIVES)
def test_compressed_mboxes_in_every_archive(read, inner, archive):
    data = ARCHIVES[archive]({f"2005-03-01.mbox.{inner}": made.COMPRESS[inner](made.mbox(MESSAGES))})
    assert [item.content for item in read(data)] == MESSAGES


@pytest.mark.parametrize("inner", ARCHIVES)
@pytest.mark.parametrize("outer", ["tar", "zip", "7z"])
def test_an_archive_inside_an_archive_is_opened(read, outer, inner):
    found = read(ARCHIVES[outer]({"day.archive": ARCHIVES[inner](FILES)}))
    assert {item.entry_name: item.content for item in found} == {f"day.archive/{n}": c for n, c in FILES.items()}


def test_an_archive_inside_an_archive_inside_an_archive_is_not(read):
    (place,) = read(made.tar({"a.zip": made.zipped({"b.tar": made.tar(FILES)})}))
    assert (place.reason, place.entry_name) == ("archive_nested_too_deep", "a.zip/b.tar")


@pytest.mark.parametrize("inner", ARCHIVES)
@pytest.mark.parametrize("compression", made.COMPRESS)
def test_a_packed_folder_is_no_archive_that_counts(read, inner, compression):
    data = made.COMPRESS[compression](made.mbox(MESSAGES))
    alone = ARCHIVES[inner]({"trap.mbox": data})
    folder = made.tar({"cur/1": MESSAGES[0], "cur/day": alone})
    assert [item.content for item in read(alone)] == MESSAGES
    found = read(folder, is_packed_folder=True)
    assert [item.content for item in found] == [MESSAGES[0], *MESSAGES]
    assert {item.entry_name for item in found} == {"cur/1", "cur/day/trap.mbox"}


def test_members_of_a_packed_folder_are_opened_as_deep_as_if_each_came_alone(read):
    deep = made.zipped({"b.tar": made.tar({"c.tar": made.tar(FILES)})})
    (alone,) = read(deep)
    (place,) = read(made.tar({"a.zip": deep}), is_packed_folder=True)
    assert (alone.reason, alone.entry_name) == ("archive_nested_too_deep", "b.tar/c.tar")
    assert (place.reason, place.entry_name) == ("archive_nested_too_deep", "a.zip/b.tar/c.tar")
    thrice = gzip.compress(gzip.compress(gzip.compress(MESSAGES[0])))
    assert [item.reason for item in read(made.tar({"a": thrice}), is_packed_folder=True)] == ["archive_nested_too_deep"]


def test_a_file_compressed_three_times_is_nested_too_deep(read):
    data = gzip.compress(gzip.compress(MESSAGES[0]))
    assert read(data)[0].content == MESSAGES[0]
    assert read(gzip.compress(data))[0].reason == "archive_nested_too_deep"


@pytest.mark.parametrize("method", ["copy", "lzma", "lzma2", "bzip2", "deflate", "x86+lzma2"])
def test_7z_methods(read, method):
    files = FILES | {"empty": b""}
    assert {item.entry_name: item.content for item in read(made.seven_zip(files, method), "eml")} == files


OF_ANOTHER_WRITER = (
    "N3q8ryccAAS3vIp/3AAAAAAAAAAWAAAAAAAAAKFvFUzgACsAH10AKZ1IRsqA71hoWW2LQ7D0puhNFIevkdSVvrsW6VtQAAABABZT"
    "dWJqZWN0OiAyCgpzZWNvbmQgcnVuCgAA4ADaAJFdAACBMweuT6DT8rKI5y8CGXT5pfYdc4xZBJ2yZFGridhBAlrB+JcrmmG6hUCS"
    "QoQFNnE15Dimncdng+a5XcSSzzVj9toWIxywNRu9oQqDTkXqcQ39yU/Cx1ouN8CO9mflyLDktSkigijWdQkZdUwLW/kgnre/Eu+B"
    "ZKD/HHJXf9xGgDyssqJ3PEWTy/Nf0EAAAAAAFwZDAQmAmQAHCwEAASEhARgMgNsAAA=="
)
"""Made with py7zr: two runs of files appended one after the other, a folder, an empty file, attributes and times."""


def test_7z_of_another_writer(read):
    found = read(base64.b64decode(OF_ANOTHER_WRITER))
    assert [(item.entry_name, item.content) for item in found] == [
        ("a0.eml", b"Subject: 0\n\nfirst run\n"),
        ("a1.eml", b"Subject: 1\n\nfirst run\n"),
        ("b.eml", b"Subject: 2\n\nsecond run\n"),
        ("empty.eml", b""),
    ]


@pytest.mark.parametrize("archive", ["tar", "gnu", "zip", "7z"])
def test_long_and_foreign_names(read, archive):
    files = {"d" * 90 + "/" + "n" * 120 + ".eml": MESSAGES[0], "größe-邮件.eml": MESSAGES[1]}
    assert [item.entry_name for item in read(ARCHIVES[archive](files))] == list(files)


@pytest.mark.parametrize("archive", ["tar", "zip", "7z"])
def test_a_name_is_a_label_and_never_a_path(read, archive, tmp_path):
    name = "../../x"
    (found,) = read(ARCHIVES[archive]({name: MESSAGES[0]}))
    assert (found.entry_name, found.content) == (name, MESSAGES[0])
    assert [path.name for path in tmp_path.iterdir()] == ["landed"]


def test_names_are_printable(read):
    (found,) = read(made.tar({"a\x1b[31m\n" + "x" * 999: MESSAGES[0]}))
    assert found.entry_name.startswith(r"a\x1b[31m\n") and len(found.entry_name) < 300


@pytest.mark.parametrize("archive", ["zip", "tar"])
def test_duplicate_names_are_all_read(read, archive):
    twice = made.zipped([("m", MESSAGES[0]), ("m", MESSAGES[1])])
    if archive == "tar":
        twice = made.tar({"m": MESSAGES[0]})[:1024] + made.tar({"m": MESSAGES[1]})
    assert [(item.entry_name, item.content) for item in read(twice)] == [("m", MESSAGES[0]), ("m", MESSAGES[1])]


def test_concatenated_members_are_one_file(read):
    for compress in (made.COMPRESS[name] for name in ("gz", "bz2", "xz", "zst")):
        data = made.mbox(MESSAGES)
        assert [item.content for item in read(compress(data[:40]) + compress(data[40:]))] == MESSAGES


def test_a_skippable_zstd_frame_is_skipped(read):
    skippable = struct.pack("<II", 0x184D2A50, 4) + b"skip"
    assert read(skippable + made.COMPRESS["zst"](MESSAGES[0]) + skippable)[0].content == MESSAGES[0]


def test_zeros_after_a_gz_are_padding(read):
    assert read(gzip.compress(MESSAGES[0]) + bytes(700)) == [RawMessage(MESSAGES[0])]


def test_concatenated_tars_are_both_read(read):
    assert len(read(made.tar({"a": MESSAGES[0]}) + made.tar({"b": MESSAGES[1]}))) == 2


def test_zip64(read):
    data = made.zipped({"m": MESSAGES[0]}, zipfile.ZIP_STORED)
    at = data.rindex(b"PK\x05\x06")
    directory = data.index(b"PK\x01\x02")
    end = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, at - directory, directory)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, at, 1)
    marks = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    assert read(data[:at] + end + locator + marks)[0].content == MESSAGES[0]


def test_foreign_files_in_an_archive_are_left_to_the_parser(read):
    found = read(made.tar({"README": b"read me\n", "1.eml": MESSAGES[0]}))
    assert [item.content for item in found] == [b"read me\n", MESSAGES[0]]


def test_line_ends_are_kept(read):
    content = MESSAGES[0].replace(b"\n", b"\r\n")
    assert read(content)[0].content == content
    assert [item.content for item in read(made.mbox([content] * 2, b"\r\n"))] == [content] * 2


def test_the_name_decides_before_the_content(read):
    data = made.mbox(MESSAGES[:2])
    assert len(read(data, name="a.mbox")) == 2
    (single,) = read(data, name="a.eml")
    assert (single.envelope_from, single.content) == ("sender@origin.example", data.partition(b"\n")[2])


def test_an_unknown_format_is_a_mistake_of_the_caller(tmp_path):
    (tmp_path / "f").write_bytes(b"x")
    with pytest.raises(ValueError, match=r"pst.*mbox, maildir, eml"):
        list(read_container(tmp_path / "f", "f", "pst"))
