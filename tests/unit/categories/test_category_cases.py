"""What a message sells is told by its words, its links, its sender and its files, in several languages."""

from __future__ import annotations

import pytest

from tests.unit.categories.letters import letter
from transforms.categories.deciding import HEAD_FACTOR, MOST_EVIDENCE, categorise
from transforms.categories.seeds import UNKNOWN, categories

CASES = {
    "prescription_drugs": letter(
        "Our online pharmacy ships Viagra and Xanax overnight, no prescription needed.", "Your meds for less"
    ),
    "pirated_software": letter("OEM software on one CD: Adobe Photoshop and Microsoft Office, full version, $49."),
    "adult": letter("Watch these horny girls in hardcore sex videos tonight. Adults only."),
    "replica_goods": letter("Replica watches that nobody can tell from a Rolex, and designer handbags.", "Timepieces"),
    "gambling": letter("Play blackjack and roulette in our online casino and take your welcome bonus.", "Win tonight"),
    "loans": letter("Refinance your mortgage at a fixed rate. Bad credit is no matter to our lenders."),
    "stock_promotion": letter("Strong buy: this OTCBB stock will triple. Target price $3 a share.", "Stock alert"),
    "advance_fee": letter(
        "I am the widow of the late minister. I need a foreign partner to transfer the sum of ten million dollars; "
        "you will act as next of kin.",
        "Urgent business proposal",
    ),
    "phishing": letter(
        "Dear customer, we noticed unauthorized access. Verify your account within a day or it will be suspended.",
        "Your PayPal account has been limited",
        links=("203.0.113.9/paypal/webscr",),
    ),
    "dating": letter("I saw your profile. Russian girls want to meet you: join our dating site.", "Lonely singles"),
    "malware": letter("Please see the attached invoice.", "Invoice", files=(("invoice.zip", "application/zip"),)),
    "diets": letter("Burn fat without diet or exercise: lose weight with this herbal supplement.", "Slim by summer"),
    "degrees": letter("Get a university diploma without tests: bachelor, MBA or PhD, no classes.", "Your degree"),
    "jobs": letter("Work from home, no experience required, earn money every week. Be your own boss."),
    "other": letter("Solar panels and new windows for your home. Free quote.", "Roofing specials"),
    UNKNOWN: letter("hwa rwlgi oqv", "good news"),
}
IN_OTHER_LANGUAGES = [
    ("prescription_drugs", "Potenzmittel ohne Rezept aus der Online-Apotheke"),
    ("prescription_drugs", "Médicaments sans ordonnance, pharmacie en ligne"),
    ("prescription_drugs", "Виагра и сиалис без рецепта, интернет-аптека"),
    ("prescription_drugs", "バイアグラの個人輸入代行、ed治療薬が格安"),
    ("loans", "Sofortkredit ohne Schufa, Umschuldung Ihrer Hypothek"),
    ("loans", "Prêt personnel et rachat de crédits, même avec des dettes"),
    ("loans", "Préstamos personales con baja tasa de interés, sin aval"),
    ("loans", "无抵押贷款，信用卡套现"),
    ("gambling", "Онлайн казино: игровые автоматы и рулетка"),
    ("gambling", "競馬の馬券、的中率が違います"),
    ("gambling", "Scommesse sportive e casinò, slot machine"),
    ("jobs", "Trabaje desde casa, oferta de empleo, ganar dinero con ingresos extras"),
    ("jobs", "在宅の副業で月収三十万を稼ぐ"),
    ("jobs", "Trabalhe em casa e ganhe dinheiro: renda extra"),
    ("dating", "Rencontre des femmes mariées, site de rencontres pour célibataires"),
    ("dating", "人妻との出会い、会える人を探しています"),
    ("degrees", "Купить диплом: дипломы и аттестаты на заказ"),
    ("replica_goods", "高仿名表，精仿名牌包"),
    ("phishing", "Sehr geehrter Kunde, bestätigen Sie Ihr Konto beim Online-Banking der Sparkasse"),
    ("phishing", "Gentile cliente, verificare i suoi dati: conto corrente bloccato, poste italiane"),
    ("diets", "Emagrecer sem dieta: perder peso e queimar gordura"),
    ("stock_promotion", "急騰銘柄の株価情報"),
    ("advance_fee", "Vous avez gagné à la loterie: des millions d'euros d'un défunt sans bénéficiaire"),
    ("adult", "Porno gratuit: vidéos x de coquines"),
    ("pirated_software", "Logiciels pas chers: logiciels OEM sous licence"),
]


@pytest.mark.parametrize("code", CASES)
def test_each_category_has_a_case(code):
    assert categorise(CASES[code]).code == code


def test_no_category_is_without_a_case():
    assert CASES.keys() == {category.category_code for category in categories()}


@pytest.mark.parametrize(("code", "text"), IN_OTHER_LANGUAGES)
def test_other_languages(code, text):
    assert categorise(letter(text)).code == code


@pytest.mark.parametrize("spelling", ["V1@GRA", "V-i-a-g-r-a", "v i a g r a", "Vіаgrа", "V\u200biagra", "ＶＩＡＧＲＡ"])
def test_disguises_are_folded(spelling):
    decided = categorise(letter(f"buy {spelling} today please"))
    assert decided.code == "prescription_drugs"
    assert decided.evidence[0][0] == "viagra"


@pytest.mark.parametrize("subject", ["Low-Mortgage-Rates", "Low_Mortgage_Rates", "LowMortgageRates"])
def test_joined_words_of_a_subject_are_read_apart(subject):
    assert categorise(letter(subject=subject)).code == "loans"


def test_a_number_ends_with_its_noun():
    one, many = (categorise(letter(text)).evidence for text in ("a mortgage", "two mortgages"))
    assert one == many


def test_a_link_tells_when_the_text_does_not():
    assert categorise(letter("Click here", links=("www.bestcasino.example/play",))).code == "gambling"


@pytest.mark.parametrize("link", ["www.ebay.com/casino", "thinkgeek.example"])
def test_links_that_mean_nothing_tell_nothing(link):
    assert categorise(letter("Hello", links=(link,))).code == UNKNOWN


def test_a_claimed_sender_tells():
    assert categorise(letter("see below", address="service@paypal.com")).code == "phishing"


@pytest.mark.parametrize("file", [("photo.jpg.scr", "application/octet-stream"), ("x.exe", "application/x-msdownload")])
def test_an_enclosed_program_tells(file):
    assert categorise(letter("please look", files=(file,))).code == "malware"


def test_the_head_weighs_more_than_the_body():
    in_body, in_head = categorise(letter("a casino")), categorise(letter(subject="a casino"))
    assert in_head.evidence == tuple((term, HEAD_FACTOR * weight) for term, weight in in_body.evidence)


def test_commonplaces_decide_nothing_by_themselves():
    text = "money home people program system internet easy business dream success cash join partner month week day"
    assert categorise(letter(text)) == (UNKNOWN, 0.0, (), "jobs")


def test_what_speaks_for_two_as_much_is_unknown():
    decided = categorise(letter("mortgage refinance casino blackjack"))
    assert decided.code == UNKNOWN or decided.confidence < 0.6


def test_a_decision_names_its_evidence_and_what_came_next():
    decided = categorise(CASES["loans"])
    weights = [weight for _, weight in decided.evidence]
    assert {"mortgage", "bad credit"} <= {term for term, _ in decided.evidence}
    assert weights == sorted(weights, reverse=True) and 0 < len(weights) <= MOST_EVIDENCE
    assert 0.5 < decided.confidence <= 1
    assert decided.runner_up != "loans"


def test_more_evidence_is_more_confidence():
    less, more = (categorise(letter(text)).confidence for text in ("casino", "casino roulette blackjack poker"))
    assert 0 < less < more <= 1
