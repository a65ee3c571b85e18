"""Authentication-Results: their grammar, and whose are believed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.origin.authentication import NO_VERDICTS, Verdicts, believable, find_verdicts
from transforms.origin.authentication_grammar import RESULTS, Result, Statement, read_statement, without_comments

LINES = {
    "mx.example 1; none": Statement("mx.example", ()),
    "mx.example; spf=pass (mx.example: domain of a@b.example; yes) smtp.mailfrom=a@b.example": Statement(
        "mx.example", (Result("spf", "pass", "b.example", "smtp.mailfrom"),)
    ),
    "MX.Example.; dkim=pass header.i=@b.example header.s=x; dmarc=fail (p=none (dis=x)) header.from=B.Example": Statement(
        "mx.example",
        (Result("dkim", "pass", "b.example", "header.i"), Result("dmarc", "fail", "b.example", "header.from")),
    ),
    '"mx (a) example" 1 ; dkim (one) / 1 = (two) pass reason="so; dkim=fail header.d=evil.example" header . d = b.example': Statement(
        "mx (a) example", (Result("dkim", "pass", "b.example", "header.d"),)
    ),
    'mx.example; spf=pass smtp.mailfrom="a; dkim=pass header.d=x.example"@b.example': Statement(
        "mx.example", (Result("spf", "pass", "b.example", "smtp.mailfrom"),)
    ),
    "mx.example; spf=hardfail smtp.helo=h.example; arc=pass (i=1)": Statement(
        "mx.example", (Result("spf", "fail", "h.example", "smtp.helo"), Result("arc", "pass", None, None))
    ),
    "mx.example; spf=none smtp.mailfrom=<>": Statement("mx.example", (Result("spf", "none", None, "smtp.mailfrom"),)),
    "mx.example; auth=pass smtp.auth=a@b.example; spf=splendid; dkim=pass@x": Statement(
        "mx.example", (Result("auth", "pass", None, None),)
    ),
    "spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=a@b.example; c.example; dkim=none header.d=none;": Statement(
        None, (Result("spf", "fail", "b.example", "smtp.mailfrom"), Result("dkim", "none", None, "header.d"))
    ),
    "mx.example; dkim=fail (never closed; dkim=pass": Statement("mx.example", (Result("dkim", "fail", None, None),)),
    "": Statement(None, ()),
    ";;": Statement(None, ()),
}


@pytest.mark.parametrize("line", LINES)
def test_line_is_read(line):
    assert read_statement(line) == LINES[line]


ATOM = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True)
DOMAIN = st.builds("{}.{}.example".format, ATOM, ATOM)
BLANK = st.sampled_from((" ", "  ", " (a comment) ", r" (one (in \) another; x=y) done) "))
FOLD = st.one_of(st.just(""), BLANK)
LOCAL = st.one_of(ATOM, st.sampled_from(('"a b"', r'"a\"b; dkim=fail"', '"(x"')))
METHOD = st.sampled_from(("spf", "dkim", "dmarc", "arc", "iprev"))
PLACES = {"spf": "smtp.mailfrom", "dkim": "header.d", "dmarc": "header.from"}


@st.composite
def statements(draw):
    """A line made by the grammar, and what it says."""
    server = draw(DOMAIN)
    text, results = draw(FOLD) + server + draw(FOLD) + draw(st.sampled_from(("", " 1"))), []
    for _ in range(draw(st.integers(1, 4))):
        method, result, domain = draw(METHOD), draw(st.sampled_from(RESULTS)), draw(DOMAIN)
        text += f"{draw(FOLD)};{draw(FOLD)}{method}{draw(FOLD)}={draw(FOLD)}{result}"
        if draw(st.booleans()):
            text += f'{draw(BLANK)}reason="it; header.d=evil.example"'
        place = PLACES.get(method)
        if place:
            local = draw(LOCAL) + "@" if method == "spf" else ""
            kind, name = place.split(".")
            text += f"{draw(BLANK)}{kind}{draw(FOLD)}.{draw(FOLD)}{name}={local}{domain}"
        results.append(Result(method, result, domain if place else None, place))
    return text, Statement(server, tuple(results))


@given(statements())
def test_what_the_grammar_makes_is_read_back(made):
    text, said = made
    assert read_statement(text) == said


@given(st.text(alphabet='abcspfdkim=;."()\\/ 1@<>\t', max_size=200))
def test_any_line_is_read(line):
    said = read_statement(line)
    assert all(each.result in RESULTS for each in said.results)
    assert all(each.domain is None or "." in each.domain for each in said.results)


@pytest.mark.parametrize("hostile", ['"', "(", "a.b=", "x;", '"\\', " ", "x; a=pass a.", "\\(", "=;"])
def test_long_lines_cost_little(hostile):
    begin = time.process_time()
    for size in (4_000, 100_000):
        read_statement("mx.example; spf=pass " + hostile * (size // len(hostile)))
    assert time.process_time() - begin < 0.5


def test_comments_nest():
    assert without_comments(r'a (b (c) \) "d) e" (f)"') == 'a   e" (f)"'


OWN = "mx.trap.example; spf=fail smtp.mailfrom=a@b.example; dkim=fail header.d=b.example; dkim=pass header.d=c.example"
FOREIGN = "mx.evil.example; spf=pass smtp.mailfrom=a@b.example; dmarc=pass header.from=b.example"


def test_only_own_servers_are_believed():
    assert find_verdicts([FOREIGN, OWN], ["MX.trap.example"]) == Verdicts("fail", "b.example", "pass", "c.example")
    assert find_verdicts([FOREIGN], ["mx.trap.example"]) == NO_VERDICTS
    assert find_verdicts([OWN], []) == NO_VERDICTS
    assert find_verdicts([], ["mx.trap.example"]) == NO_VERDICTS
    assert find_verdicts(["spf=pass smtp.mailfrom=a@b.example"], ["mx.trap.example"]) == NO_VERDICTS


def test_the_topmost_line_of_a_method_decides():
    lines = [OWN, "mx.trap.example; spf=pass smtp.mailfrom=x@y.example; dmarc=none header.from=y.example; arc=fail"]
    said = find_verdicts(lines, ["mx.trap.example"])
    assert (said.spf, said.dmarc, said.dmarc_domain, said.arc) == ("fail", "none", "y.example", "fail")


def test_spf_is_of_the_envelope_sender_first():
    line = "mx.trap.example; spf=pass smtp.helo=h.example; spf=softfail smtp.mailfrom=a@b.example"
    assert find_verdicts([line], ["mx.trap.example"])[:2] == ("softfail", "b.example")


AR = "authentication-results"
PLACED = {
    "above the own line": ([AR, "received", "received", "from"], 1, ["0"]),
    "beside the own line": (["received", AR, "received-spf", AR, "received", AR], 1, ["0", "1"]),
    "between two own lines": (["received", "x-own", AR, "received", "from", AR], 2, ["0"]),
    "behind the sender's first field": (["received", "from", AR], 1, []),
    "below a claimed line": (["received", "received", AR], 1, []),
    "no believed line": ([AR, "received", "from"], 0, []),
}


@pytest.mark.parametrize("case", PLACED)
def test_lines_are_believed_where_own_servers_write_them(case):
    names, believed_count, own = PLACED[case]
    lines = [str(number) for number in range(names.count(AR))]
    assert believable(lines, names, believed_count) == own
