"""Large mail providers whose servers bear names under domains of their own: who greets so has such a reverse name."""

from __future__ import annotations

_FAMILIES = (
    "yahoo.com yahoo.co.uk yahoo.co.jp yahoo.fr yahoo.de ymail.com rocketmail.com yahoodns.net bullet.mail.yahoo.com",
    "hotmail.com msn.com live.com outlook.com microsoft.com passport.com",
    "aol.com aim.com netscape.net aolmail.net",
    "gmail.com google.com googlemail.com googlegroups.com 1e100.net",
    "gmx.net gmx.de gmx.com gmx.at web.de mail.com kundenserver.de",
    "mail.ru list.ru bk.ru inbox.ru smailru.net",
    "yandex.ru yandex.net yandex.com ya.ru",
    "excite.com mail.excite.com",
    "lycos.com lycos.co.uk",
    "earthlink.net mindspring.com",
    "compuserve.com cs.com",
    "juno.com netzero.net netzero.com unitedonline.net untd.com",
    "163.com 126.com netease.com 126.net",
    "qq.com tencent.com",
    "rediffmail.com rediff.com",
    "libero.it iol.it",
    "orange.fr wanadoo.fr",
    "t-online.de",
    "comcast.net",
    "bellsouth.net att.net sbcglobal.net prodigy.net",
    "verizon.net",
    "ebay.com ebay.de ebay.co.uk",
    "paypal.com paypal.co.uk",
    "icloud.com me.com mac.com apple.com",
)
PROVIDERS: dict[str, frozenset[str]] = {
    domain: family for family in (frozenset(names.split()) for names in _FAMILIES) for domain in family
}
"""Registrable domain of a provider: those under which its servers are named."""
