"""What a message can be found by: its own links and not a list's, files, contacts, its sender's page."""

from __future__ import annotations

import pyarrow as pa
import pytest

from transforms.campaigns.facts import File, Link, read_rows
from transforms.campaigns.features import Texts, keys, manner_of, read_texts
from transforms.campaigns.holdings import Tally
from transforms.campaigns.stand_ins import MOST_WORDS

_OTHERS = {"captured_at": pa.timestamp("us"), "attachment_bytes": pa.int64()}
_LISTS = {name: pa.list_(pa.string()) for name in ("header_names", "authentication_results")}
_STRUCTS = {
    name: pa.list_(pa.struct([(each, _OTHERS.get(each, pa.string())) for each in kind._fields]))
    for name, kind in (("links", Link), ("files", File))
}
LIST = ["received", "from", "subject", "list-post", "list-unsubscribe"]
DIRECT = ["received", "from", "subject"]


def link(url: str, domain: str, source: str = "text") -> dict:
    return {"url": url, "source": source, "host": f"www.{domain}", "registrable_domain": domain}


def row(text: str = "a text of more words than a short one has, to be told by itself", **facts) -> dict:
    usual = {
        "message_key": "m1",
        "feed": "trap-a",
        "load_id": "trap-a-1",
        "captured_at": None,
        "body_text": text,
        "subject": "Offer",
        "from_address": "joe@sender-one.example",
        "from_host": "sender-one.example",
        "reply_to_address": "box@elsewhere-mail.example",
        "x_mailer": None,
        "authentication_results": [],
        "origin_ip": "203.0.113.9",
        "header_names": DIRECT,
        "content_type": "text/plain",
        "charset": "us-ascii",
        "html_skeleton": None,
        "links": None,
        "files": None,
    }
    return usual | facts


FACTS = pa.schema([(name, {**_OTHERS, **_LISTS, **_STRUCTS}.get(name, pa.string())) for name in row()])


def read(*messages: dict) -> tuple[list[dict], Texts]:
    """The rows that are grouped, and what their texts say."""
    table = pa.Table.from_pylist(list(messages), schema=FACTS)
    rows, texts, _ = read_rows(table.to_batches()[0])
    return rows, read_texts(rows, texts)


def all_keys(message: dict) -> set[tuple[str, str, str]]:
    [told], texts = read(message)
    return set(keys(told, texts.contacts[0], manner_of(told)))


def keys_of(message: dict) -> set[tuple[str, str]]:
    return {(kind, text) for kind, text, _ in all_keys(message)}


def indicators_of(message: dict) -> set[tuple[str, str]]:
    [told], texts = read(message)
    tally = Tally()
    tally.add(told, texts.templates[0], texts.contacts[0])
    table = tally.table()
    return set(zip(table["kind"].to_pylist(), table["value"].to_pylist(), strict=True))


def test_a_link_is_domain_and_shape():
    shop = link("http://www.pill-shop.example/rx/7731/", "pill-shop.example")
    assert keys_of(row(links=[shop])) == {("link", "pill-shop.example/rx/#")}


def test_plain_links_of_mail_that_came_by_a_list_tell_nothing():
    links = [
        link("http://www.some-list.example/listinfo/talk", "some-list.example"),
        link("http://www.pill-shop.example/rx/", "pill-shop.example", "href"),
    ]
    assert keys_of(row(links=links, header_names=LIST)) == {("link", "pill-shop.example/rx")}
    assert ("registrable_domain", "some-list.example") in indicators_of(row(links=links[:1]))
    told = indicators_of(row(links=links, header_names=LIST))
    assert ("registrable_domain", "pill-shop.example") in told
    assert not told & {
        ("registrable_domain", "some-list.example"),
        ("origin_network", "203.0.113.0/24"),
        ("drop_box", "box@elsewhere-mail.example"),
    }


@pytest.mark.parametrize("path", ["remove.html", "unsubscribe.php?id=7", "cgi-bin/optout.cgi", "opt-out/", "goodbye/"])
def test_a_removal_page_ties_no_campaign(path):
    removal = link(f"http://www.bulk-mailer.example/{path}", "bulk-mailer.example")
    assert keys_of(row(links=[removal])) == set()
    assert ("registrable_domain", "bulk-mailer.example") in indicators_of(row(links=[removal]))


def test_mail_that_leads_only_to_its_senders_domain_is_his_in_any_manner():
    page = link("http://www.sender-one.example/deal/", "sender-one.example", "href")
    other = link("http://www.pill-shop.example/rx/", "pill-shop.example", "href")
    assert ("link", "joe@sender-one.example", "") in all_keys(row(links=[page]))
    assert ("link", "joe@sender-one.example") not in keys_of(row(links=[page, other]))
    assert ("link", "joe@sender-one.example") not in keys_of(row(links=[page], from_host="notsender-one.example"))
    assert ("link", "joe@sender-one.example") not in keys_of(row(links=[page], from_host=None))


def test_contacts_tell_where_no_link_does():
    text = "For a quote without obligation write to sales@quote-desk.example today, there are no costs at all"
    page = link("http://www.pill-shop.example/rx/", "pill-shop.example")
    shortened = link("http://bit.ly/x7", "bit.ly")
    contact = ("contact", "drop_box sales@quote-desk.example")
    assert contact in keys_of(row(text))
    assert contact in keys_of(row(text, links=[shortened]))
    assert contact not in keys_of(row(text, links=[page]))
    assert contact not in keys_of(row(text, header_names=LIST))
    assert (
        keys_of(row("To leave our group write to talk-unsubscribe@some-groups.example and nobody else, please"))
        == set()
    )


def test_mail_that_says_nothing_is_not_grouped():
    page = link("http://www.pill-shop.example/", "pill-shop.example")
    silent = row("", subject=None, message_key="silent")
    told, _ = read(silent, row("", subject="Hello"), row("", subject=None, links=[page]))
    assert [each["message_key"] for each in told] == ["m1", "m1"]


def test_a_text_that_stands_in_for_a_page_is_no_text():
    stand_in = "Your program cannot read this message. To view it online, please go here: http://www.a-mailer.example/1"
    shoes, pills = (row(stand_in, subject=subject, html_skeleton=subject) for subject in ("Shoes", "Pills"))
    _, texts = read(shoes, pills, row(stand_in, subject="Shoes"))
    assert texts.templates[0] != texts.templates[1]
    assert texts.words.counts[0] == 1
    assert texts.words.counts[2] > 8


def test_a_long_text_beside_a_page_is_its_own():
    text = "View it online. " + "word " * MOST_WORDS
    _, texts = read(row(text, subject="Shoes", html_skeleton="a"), row(text, subject="Pills", html_skeleton="b"))
    assert texts.templates[0] == texts.templates[1]
