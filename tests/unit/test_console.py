"""What is printed is inert, and fits."""

import json
import unicodedata

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

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
    monkeypatch.setattr(console, "out", Console(width=80))
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


HOSTILE = "select chr(27) || '[31m' as n, chr(133) || chr(8238) || chr(127) as n, 1 as n_1"


@pytest.mark.parametrize("form", list(Format))
def test_a_terminal_gets_no_control_character_in_any_format(capsys, monkeypatch, form):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr(console, "out", Console(color_system=None))
    console.result(duckdb.execute(HOSTILE), form)
    shown = capsys.readouterr().out
    assert "[31m" in shown
    assert not {c for c in shown if c != "\n" and unicodedata.category(c) in ("Cc", "Cf")}


def test_a_file_gets_the_values_as_they_are_under_names_of_their_own(capsys):
    console.result(duckdb.execute(HOSTILE), Format.csv)
    assert capsys.readouterr().out == "n,n_2,n_1\n\x1b[31m,\x85\u202e\x7f,1\n"
    console.result(duckdb.execute(HOSTILE), Format.json)
    assert json.loads(capsys.readouterr().out) == [{"n": "\x1b[31m", "n_2": "\x85\u202e\x7f", "n_1": 1}]


def test_json_has_null_for_what_is_no_number(capsys):
    console.result(
        duckdb.execute("select 'nan'::double as a, ['-inf'::double, 1] as b, map {date '2005-03-01': 2} as c"),
        Format.json,
    )
    shown = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert shown == [{"a": None, "b": [None, 1.0], "c": {"2005-03-01": 2}}]


def test_names_of_columns_are_shown_and_not_obeyed(capsys, monkeypatch):
    monkeypatch.setattr(console, "out", Console(width=80))
    console.table("", ["[red]x[/]", "\x1b[31m"], [(1, 2)])
    shown = capsys.readouterr().out
    assert "[red]x[/]" in shown
    assert "\\u001b[31m" in shown
