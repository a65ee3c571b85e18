"""The seeds are well-formed, and their version says when they change."""

from __future__ import annotations

from collections import Counter

import pytest

from transforms.categories.seeds import RULES_VERSION, UNKNOWN, categories, seeds_digest, terms
from transforms.categories.terms import SPOKEN, stems
from transforms.simulate.phrases import CATEGORIES

DIGESTS = {"1": "06a383251f43aca6fc6a431cb5c6532940d145b9067d7f915287fea9b74eaa09"}
"""Of the seeds, by version: whoever changes a seed counts RULES_VERSION up and adds its digest."""

RSIT = {
    "abusive-content": {"spam", "harmful-speech", "violence"},
    "malicious-code": {"infected-system", "c2-server", "malware-distribution", "malware-configuration"},
    "information-gathering": {"scanner", "sniffing", "social-engineering"},
    "fraud": {"unauthorized-use-of-resources", "copyright", "masquerade", "phishing"},
    "other": {"other"},
}
"""Classes and types of the Reference Security Incident Taxonomy, version 1, that mail can be."""

LANGUAGES = {"any", "en", "de", "fr", "es", "pt", "it", "ro", "tr", "sr", "ru", "zh", "ja", "ko", "fa"}
KINDS = {"word", "phrase", "link", "sender", "attachment"}
MOST_WORDS = 4
MOST_SIGNS = 10


def test_version_says_when_the_seeds_change():
    assert DIGESTS.get(RULES_VERSION) == seeds_digest()


def test_categories_are_the_kinds_of_spam_that_are_simulated_and_unknown():
    assert {category.category_code for category in categories()} == {*CATEGORIES, UNKNOWN}


@pytest.mark.parametrize("category", categories(), ids=lambda category: category.category_code)
def test_each_category_is_described_and_mapped(category):
    assert category.rsit_type in RSIT[category.rsit_class]
    assert category.name and category.description.endswith(".")


def test_terms_name_known_categories_languages_and_kinds():
    assert {term.category_code for term in terms()} == {c.category_code for c in categories()} - {UNKNOWN}
    assert {term.language for term in terms()} <= LANGUAGES
    assert {term.kind for term in terms()} == KINDS


def test_weights_are_in_range():
    assert [term for term in terms() if not 0.25 <= term.weight <= 5] == []


def test_terms_are_unique_as_they_are_read():
    read = Counter((t.category_code, " ".join(stems(t.term)) if t.kind in SPOKEN else t.kind + t.term) for t in terms())
    assert [term for term, count in read.items() if count > 1] == []


def test_words_are_one_word_and_phrases_several():
    wrong = [t.term for t in terms() if t.kind in SPOKEN and (len(stems(t.term)) == 1) != (t.kind == "word")]
    assert wrong == []


def test_phrases_are_short():
    read = {term.term: stems(term.term) for term in terms() if term.kind in SPOKEN}
    assert [term for term, found in read.items() if sum(map(str.isascii, found)) > MOST_WORDS] == []
    assert [term for term, found in read.items() if len(found) > MOST_SIGNS] == []


def test_links_are_long_enough_to_be_looked_up_and_lower_case():
    listed = [term.term for term in terms() if term.kind not in SPOKEN]
    assert all(term == term.lower() and term.isascii() for term in listed)
    assert min(len(term.term) for term in terms() if term.kind == "link") >= 3


def test_every_category_but_malware_speaks_several_languages():
    spoken = {code: {t.language for t in terms() if t.category_code == code} for code in CATEGORIES}
    assert all(len(languages & {"de", "fr", "es", "pt", "it", "ru", "zh", "ja"}) >= 6 for languages in spoken.values())
