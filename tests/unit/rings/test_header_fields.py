"""Whose a header field is: the program's, a host's on the way, a mailing list's."""

from __future__ import annotations

import pytest

from transforms.rings.header_fields import OF_A_LIST, OF_THE_COPY, OF_THE_WAY, came_by_list
from transforms.rings.message_indicators import mailer

WRITTEN = ("from", "to", "subject", "mime-version", "content-type", "x-mailer")


@pytest.mark.parametrize("mark", ["list-post", "x-beenthere", "x-mailman-version", "x-mailing-list"])
def test_a_list_that_people_write_to_leaves_a_mark(mark):
    assert came_by_list([*WRITTEN, mark])


@pytest.mark.parametrize("field", ["list-unsubscribe", "list-id", "precedence", "x-mailer"])
def test_a_newsletter_is_no_such_list(field):
    assert not came_by_list([*WRITTEN, field])


@pytest.mark.parametrize("added", ["list-id", "precedence", "content-length", "x-originating-ip", "resent-from"])
def test_what_lists_and_hosts_add_does_not_change_the_program(added):
    assert mailer("x", (*WRITTEN, added)) == mailer("x", WRITTEN)


def test_each_field_is_somebodys():
    assert not OF_A_LIST & OF_THE_WAY
    assert not (OF_A_LIST | OF_THE_WAY) & OF_THE_COPY
    assert all(name == name.lower() for name in OF_A_LIST | OF_THE_WAY | OF_THE_COPY)
