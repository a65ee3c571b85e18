import pytest

from transforms.rings.wallets import find_wallets, is_base58_address, is_segwit_address

GENESIS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"


@pytest.mark.parametrize(
    "address", [GENESIS, "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"]
)
def test_published_addresses_hold(address):
    assert is_base58_address(address)
    assert list(find_wallets(f"Send 0.5 BTC to {address}. You have 48 hours.")) == [address]


@pytest.mark.parametrize(
    "address",
    [GENESIS[:-1] + "b", GENESIS.replace("zP", "Pz"), "1" + GENESIS, "1" * 30, "3" + "z" * 33],
)
def test_broken_checksums_do_not(address):
    assert not is_base58_address(address)
    assert not list(find_wallets(address))


@pytest.mark.parametrize(
    "address",
    [  # BIP 173 and BIP 350
        "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
        "BC1SW50QGDZ25J",
        "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    ],
)
def test_segwit_test_vectors_hold(address):
    assert is_segwit_address(address)
    assert list(find_wallets(f"({address})")) == [address.lower()]


@pytest.mark.parametrize(
    "address",
    [  # BIP 173 and BIP 350: wrong sum, wrong kind of sum, wrong length, padding, mixed case
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
        "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
        "bc1rw5uspcuh",
        "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
        "bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du",
        "bc1gmk9yu",
        "bc1Qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    ],
)
def test_broken_segwit_addresses_do_not(address):
    assert not list(find_wallets(address))


@pytest.mark.parametrize(
    ("text", "wallets"),
    [
        ("We take e-gold; the account number is 1234567.", ["e-gold:1234567"]),
        ("E-Gold account no. 98765", ["e-gold:98765"]),
        ("e-gold for $1234567 or 12.345678", []),
        ("the account number is 1234567", []),
        ("e-gold" + " " * 150 + "1234567", []),
        ("Liberty Reserve account U1234567", ["liberty-reserve:U1234567"]),
        ("WMZ: Z123456789012", ["webmoney:Z123456789012"]),
        ("Perfect Money U12345678", ["perfect-money:U12345678"]),
        ("0x52908400098527886E0F7030069857D2E4169EE7", []),
    ],
)
def test_accounts_only_beside_the_name_of_their_currency(text, wallets):
    assert list(find_wallets(text)) == wallets
