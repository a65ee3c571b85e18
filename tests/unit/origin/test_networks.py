"""Tables of networks out of the files that they come in, and the join with addresses."""

from __future__ import annotations

import gzip
import io
import ipaddress
import tarfile
import zipfile
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from mmdb_bytes import mmdb

from transforms.origin.addresses import ADDRESS, bounds, network, number
from transforms.origin.network_records import known
from transforms.origin.networks import NETWORKS, NetworkTableError, networks_version, read_networks, write_networks

ASN_LIST = (
    '198.51.100.0,198.51.100.255,64500,"Example, Inc."\n203.0.113.0,203.0.113.100,64501,Other\n'
    "2001:db8::,2001:db8:0:ffff:ffff:ffff:ffff:ffff,64502,Six\n"
)
COUNTRY_LIST = "198.51.100.0,198.51.100.127,DE\n198.51.100.128,198.51.100.255,FR\n192.0.2.0,192.0.2.255,US\n"
PLACES = {
    "198.51.100.7": (64500, "Example, Inc.", "DE", "198.51.100.0/24"),
    "198.51.100.200": (64500, "Example, Inc.", "FR", "198.51.100.0/24"),
    "203.0.113.9": (64501, "Other", None, None),
    "203.0.113.101": None,
    "192.0.2.1": (None, None, "US", None),
    "2001:db8::25": (64502, "Six", None, "2001:db8::/48"),
    "2001:db9::25": None,
    "10.0.0.1": None,
}
JOIN = """SELECT ip, asn, as_name, country_code, prefix FROM asked a
ASOF LEFT JOIN networks n ON a.address >= n.first_address WHERE a.address <= n.last_address"""


def places(ranges: pa.Table, ips: list[str]) -> dict[str, tuple | None]:
    """What the table knows of addresses, by the join that its docstring gives."""
    asked = pa.table({"ip": ips, "address": pa.array([number(ip) for ip in ips], ADDRESS)})
    with duckdb.connect() as con:
        con.register("asked", asked)
        con.register("networks", ranges)
        found = {row[0]: row[1:] for row in con.execute(JOIN).fetchall()}
    return {ip: found.get(ip) for ip in ips}


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_tables_are_laid_over_one_another(tmp_path):
    paths = [written(tmp_path, "asn.csv", ASN_LIST), written(tmp_path, "country.csv", COUNTRY_LIST)]
    networks = read_networks(paths)
    assert networks.ranges.schema == NETWORKS
    assert places(networks.ranges, list(PLACES)) == PLACES
    assert networks.version.startswith("asn.csv 20") and " + country.csv 20" in networks.version


def test_a_kept_table_is_the_same(tmp_path):
    networks = read_networks([written(tmp_path, "asn.csv", ASN_LIST)])
    write_networks(networks, tmp_path / "networks.parquet")
    assert read_networks([tmp_path / "networks.parquet"]) == networks
    assert networks_version(tmp_path / "networks.parquet") == networks.version
    assert networks_version(tmp_path / "none.parquet") is None
    with pytest.raises(NetworkTableError, match=r"asn\.csv"):
        networks_version(tmp_path / "asn.csv")


LISTS = {
    "with names of columns": "start_ip,end_ip,asn,as_name\n198.51.100.0,198.51.100.255,AS64500,Example\n",
    "by networks": "network,autonomous_system_number,autonomous_system_organization\n198.51.100.0/24,64500,Example\n",
    "of IPinfo": "network,country,country_code,asn,as_name,as_domain\n198.51.100.0/24,Germany,DE,AS64500,Example,e.example\n",
    "of iptoasn": "198.51.100.0\t198.51.100.255\t64500\tDE\tExample\n203.0.113.0\t203.0.113.255\t0\tNone\tNot routed\n",
    "by numbers": "start,end,asn,as_name\n3325256704,3325256959,64500,Example\n",
    "with nonsense": "start,end,asn,as_name\nx,y,1,Z\n198.51.100.9,198.51.100.1,1,Z\n198.51.100.0,198.51.100.255,64500,Example\n1,2\n",
}


@pytest.mark.parametrize("kind", LISTS)
def test_lists_are_read(tmp_path, kind):
    path = written(tmp_path, "list.csv.gz", gzip.compress(LISTS[kind].encode()))
    ranges = read_networks([path]).ranges
    assert ranges.num_rows == 1
    assert places(ranges, ["198.51.100.7"])["198.51.100.7"][:2] == (64500, "Example")


def npm_package(**files: str) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(content.encode())
            archive.addfile(info, io.BytesIO(content.encode()))
    return packed.getvalue()


def test_a_registry_package_is_read_as_it_was_downloaded(tmp_path):
    files = {
        "package.json": '{"name": "@scope/asn", "version": "2.3.2026061719"}',
        "asn-ipv4.csv": ASN_LIST,
        "asn-ipv4-num.csv": "1,2,3,Same again in numbers\n",
        "README.md": "a,b",
    }
    networks = read_networks([written(tmp_path, "scope-asn-2.3.tgz", npm_package(**files))])
    assert networks.version == "@scope/asn 2.3.2026061719"
    assert networks.ranges.num_rows == 3


RECORDS = [
    ({"autonomous_system_number": 64500, "autonomous_system_organization": "Example"}, (64500, "Example", None)),
    ({"asn": "AS64500", "as_name": "Example", "country_code": "DE", "country": "Germany"}, (64500, "Example", "DE")),
    ({"asn": "AS64500", "name": "Example", "country": "DE", "country_name": "Germany"}, (64500, "Example", "DE")),
    ({"country": {"iso_code": "DE"}, "registered_country": {"iso_code": "US"}}, (None, None, "DE")),
    ({"registered_country": {"iso_code": "US"}, "city": {"names": {"en": "X"}}}, (None, None, "US")),
    ({"country": {"iso_code": "ZZ"}}, (None, None, None)),
    ({"asn": 0, "as_name": "Not routed", "country_code": "None"}, (None, None, None)),
    ({"asn": "x", "as_name": ["a"], "country": 7}, (None, None, None)),
    (["not", "a", "record"], (None, None, None)),
]


@pytest.mark.parametrize(("record", "values"), RECORDS)
def test_layouts_are_known(record, values):
    assert known(record) == values


def test_mmdb_is_read(tmp_path):
    pytest.importorskip("maxminddb")
    entries = {
        "198.51.100.0/24": {"autonomous_system_number": 64500, "autonomous_system_organization": "Example"},
        "2001:db8::/48": {"autonomous_system_number": 64502, "autonomous_system_organization": "Six"},
        "203.0.113.0/24": {"country": {"iso_code": "FR"}},
        "192.0.2.0/24": {"something": "else"},
    }
    networks = read_networks([written(tmp_path, "GeoLite2-ASN.mmdb", mmdb(entries))])
    assert networks.version == "Test-ASN 2015-03-03"
    assert places(networks.ranges, ["198.51.100.7", "2001:db8::25", "203.0.113.9", "192.0.2.1"]) == {
        "198.51.100.7": (64500, "Example", None, "198.51.100.0/24"),
        "2001:db8::25": (64502, "Six", None, "2001:db8::/48"),
        "203.0.113.9": (None, None, "FR", None),
        "192.0.2.1": None,
    }


def test_mmdb_in_a_wheel_is_read(tmp_path):
    pytest.importorskip("maxminddb")
    path = tmp_path / "package-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("package/data.mmdb", mmdb({"198.51.100.0/24": {"asn": "AS64500"}}))
    assert read_networks([path]).version == "Test-ASN 2015-03-03"


BROKEN = {
    "a.mmdb": b"no database",
    "b.csv": b"a,b\n1,2\n",
    "c.csv": b"start,end,colour\n198.51.100.0,198.51.100.255,red\n",
    "d.csv": b"",
    "e.txt": b"what?",
    "f.tgz": b"no archive",
    "g.whl": b"no archive",
    "h.csv.gz": b"not packed",
    "i.parquet": b"no table",
    "j.csv": b"start,end,asn,as_name\nx,y,z,\xff\n",
    "k.tgz": npm_package(**{"README.md": "nothing"}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_table_is_named(tmp_path, name):
    with pytest.raises(NetworkTableError, match=name):
        read_networks([written(tmp_path, name, BROKEN[name])])


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(NetworkTableError, match="nowhere"):
        read_networks([tmp_path / "nowhere.csv"])


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)), st.integers(0, 64))
def test_a_network_is_its_ends(address, bits):
    assume(getattr(address, "ipv4_mapped", None) is None)
    length = max(0, address.max_prefixlen - bits)
    net = ipaddress.ip_network((address, length), strict=False)
    ends = bounds(net)
    assert ends is None or (network(*ends) == str(net) and number(str(net[0])) == ends[0])
    assert ends is not None or net.version == 6


def test_a_range_that_is_no_network_has_no_name():
    assert network(number("203.0.113.0"), number("203.0.113.100")) is None
    assert network(number("203.0.113.1"), number("203.0.113.2")) is None
