"""What is printed is inert, and fits."""

import json
import unicodedata

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms import console
from transforms.console import Format, inert


@given(st.text(st.characters()))
def test_no_control_or_direction_character_reaches_a_terminal(text):
    shown = inert(text)
    assert not {unicodedata.category(c) for c in shown.replace("\n", "")} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [("\x1b]0;owned\x07", "\\u001b]0;owned\\u0007"), ("a\u202eb", "a\\u202eb"), ("[red]x[/]", "[red]x[/]"), (None, "")],
)
def test_hostile_text_is_shown_and_not_obeyed(hostile, shown):
    assert inert(hostile) == shown


def test_a_wide_result_becomes_records(capsys, monkeypatch):
    monkeypatch.setattr(console.out, "_width", 80)
    monkeypatch.setattr(console.out, "file", None, raising=False)
    columns = [f"column_{n}" for n in range(20)]
    console.table("", columns, [range(20), range(20, 40)])
    shown = capsys.readouterr().out
    assert "1 of 2" in shown
    assert all(name in shown for name in columns)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_and_csv_hold_every_row(capsys, count):
    query = f"select i as number, 'a,\"b' as text from range({count}) t(i)"
    console.result(duckdb.execute(query), Format.json)
    assert json.loads(capsys.readouterr().out) == [{"number": n, "text": 'a,"b'} for n in range(count)]
    console.result(duckdb.execute(query), Format.csv)
    assert capsys.readouterr().out == "number,text\n" + "".join(f'{n},"a,""b"\n' for n in range(count))
