"""How addresses are written in several countries: patterns with bounded repeats, for short windows of one line."""

from __future__ import annotations

import re

STATES = (
    "al|ak|az|ar|ca|co|ct|dc|de|fl|ga|hi|ia|id|il|in|ks|ky|la|ma|md|me|mi|mn|mo|ms|mt|nc|nd|ne|nh|nj|nm|nv|ny|oh|ok|or"
    "|pa|pr|ri|sc|sd|tn|tx|ut|va|vt|wa|wi|wv|wy"
)
_STATE_NAMES = (
    "alabama|alaska|arizona|arkansas|calif(?:ornia)?|colorado|connecticut|delaware|fla|florida|georgia|hawaii|idaho"
    "|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|mass|michigan|minnesota|mississippi"
    "|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio"
    "|oklahoma|oregon|penn(?:sylvania)?|puerto rico|rhode island|south carolina|south dakota|tennessee|tex(?:as)?|utah"
    "|vermont|virginia|washington|west virginia|wisconsin|wyoming"
)
STATE_BEFORE = re.compile(rf"(?<![a-z])({STATES}|[a-z]\. ?[a-z]\.|{_STATE_NAMES})[ ,.-]{{1,3}}(?:usa?[ ,]{{1,2}})?$")
"""A state of the US right before a ZIP code."""
WORDS_TOO = frozenset(("al", "co", "de", "hi", "id", "in", "la", "ma", "me", "oh", "ok", "or", "pa"))
"""States whose letters are words as well: written in capitals, or behind a comma."""
AU_STATE_BEFORE = re.compile(
    r"(?<![a-z])(?:nsw|vic|qld|tas|act|australia|new south wales|victoria|queensland)[ ,]{1,2}$"
)
CITY_AFTER = re.compile(r"[ ,]{1,2}(?:cedex |[a-z]{2}[ ,]{1,2})?[^\W\d_]{3,30}")
"""A town behind a European postcode, and the first letters of one before an Indian or Chinese one."""
CITY_BEFORE = re.compile(r"[^\W\d_]{3,30}[ ,.:–-]{1,4}$")
UK_POSTCODE = re.compile(r"[0-9](?<=[a-z][0-9])(?<![a-z0-9]{3}[0-9])[a-z0-9]? [0-9][abd-hjlnp-uw-z]{2}(?![a-z0-9])")
CA_POSTCODE = re.compile(
    r"[0-9](?<=[abceghj-nprstvxy][0-9])(?<![a-z0-9][a-z][0-9])[abceghj-nprstv-z][ -]?[0-9][abceghj-nprstv-z][0-9](?![a-z0-9])"
)
"""From their first digit on: there are fewer digits than letters to look at."""

BOX = re.compile(
    r"(?<![a-z])(?:g?p ?\. ?o\.? ?box|g?po ?box|p\.? ?o\.? ?b\.?|post ?office box|postal box|post box|pmb|p\.m\.b\.|lock bag|locked bag"
    r"|private bag|postfach|b\.? ?p\.? n?[o°]?|boite postale|boîte postale|apartado(?: de correos| postal| aereo| aéreo)?"
    r"|apdo\.?|casilla|caixa postal|casella postale|postbus|postboks|box|а/я|абонентский ящик)[ :#.no°-]{0,5}\d{1,7}(?![\d.])"
)
"""A post box or private mailbox with its number."""
BOX_WORDS = (
    "box",
    "bag",
    "pmb",
    "p.o",
    "postfach",
    "b.p",
    "bp ",
    "boite",
    "boîte",
    "apartado",
    "apdo",
    "casilla",
    "caixa",
    "casella",
    "postb",
    "а/я",
    "абон",
)
"""One of them is part of each."""
NUMBER_OF_BOX = re.compile(r"(?:box|bag|pmb|b\.|fach|bus|apartado|casilla|postale?|а/я)[ :#.no°-]{0,5}$")
"""Before a number that is a box's."""

_SURE = (
    "street|avenue|ave|road|rd|boulevard|blvd|lane|drive|dr|parkway|pkwy|pky|highway|hwy|terrace|square|crescent|turnpike"
    "|freeway|expressway|broadway|marg"
)
_TYPES = (
    f"{_SURE}|str|st|av|blv|ln|way|court|ct|circle|cir|place|pl|suite|ste|sq|ter|trail|trl|loop|plaza|plz|floor|fl|unit|tpke"
    "|pike|alley|path|route|rte|cres|close|gardens|grove|hill|house|building|bldg|tower|towers|centre|center|park|row|walk"
    "|wharf|quay|estate|mews|fwy|expy|point|crossing|ridge|nagar|chowk"
)
_NO_NAMES = (
    "a|an|and|are|at|best|by|day|days|easy|for|free|from|have|hour|hours|i|in|is|it|million|minutes|month|months|of|on|or|our"
    "|people|percent|simple|that|the|this|to|was|we|week|weeks|who|will|with|year|years|you|your"
)
"""Words that no street is called by."""
_NAME = rf"(?!(?:{_NO_NAMES})\b)(?:[^\W\d_][\w'’-]{{0,24}}+|\d{{1,3}}(?:st|nd|rd|th))[ ,.#]{{1,3}}+"
STREET = re.compile(
    rf"[0-9](?<![a-z0-9.$#/][0-9])[0-9]{{0,4}}+[a-z]?(?:[-/]\d{{1,5}}[a-z]?)?[ ,]{{1,2}}+(?:{_NAME}){{0,5}}?(?:{_TYPES})(?![a-z])"
)
"""A house number, up to five words, and what a way or house may be called in English: for beside a ZIP code."""
SURE_STREET = re.compile(
    rf"[0-9](?<![a-z0-9.$#/][0-9])[0-9]{{0,4}}+[a-z]?(?:[-/]\d{{1,5}}[a-z]?)?[ ,]{{1,2}}+(?:{_NAME}){{0,4}}?(?:{_SURE}|st\.)(?![a-z])"
)
"""The same with what hardly is called anything else."""
WORDED_STREET = re.compile(rf"\b(?:one|two|three|four|five|six|seven|ten) (?:{_NAME}){{1,3}}?(?:{_TYPES})(?![a-z])")
"""The same with the number in a word: only to be believed beside a ZIP code."""
PLAIN_STREET = re.compile(rf"[0-9](?<![a-z0-9.$#/][0-9])[0-9]{{0,4}}+[ ,]{{1,2}}+(?:{_NAME}){{2,6}}$")
"""A house number and some words up to the window's end: a street without a type, and its town."""
_COMPOUND = "stra(?:ß|ss)e|str\\.|weg|platz|allee|gasse|straat|laan|plein|gracht|kade|singel|gatan|vägen|gata|vej|gade|veien|katu|utca"
_LEADING = (
    "rue|avenue|avda|boulevard|chemin|allée|impasse|quai|via|viale|piazza|corso|largo|strada|calle|paseo|ronda|carrera|rua"
    "|travessa|alameda|praça|rodovia|ulica|улица|проспект|переулок|шоссе|бульвар|jalan|(?:av|bd|bdul|cra|ul|al|jl|cad|sok|ул|пр|просп|пер|наб)\\."
)
_NUMBER = r"[ ,.]{0,3}(?:nr\.?|n[o°º]\.?|д\.|дом)? ?\d{1,5}(?![\d%€$])"
FOREIGN_STREET = re.compile(
    rf"(?:(?<=[^\W\d_]{{2}})(?:{_COMPOUND})|(?<!\w)(?:{_LEADING}) ?(?<=[ .])(?:[^\W\d_][\w'’-]{{0,24}}+[ .]{{0,2}}+){{1,4}}){_NUMBER}"
    r"|(?<![\d.$€])\d{1,4}(?: ?(?:bis|ter))?[ ,]{1,2}(?:rue|avenue|av\.|bd|boulevard|place|chemin|allée|impasse|quai|route)"
    r" [^\W\d_]{2,30}"
)
"""A street with its number behind it, or a French one."""
FOREIGN_WORDS = (
    "ул.",
    "улица",
    "просп",
    "бульвар",
    "шоссе",
    "straße",
    "platz ",
    "rua ",
    "avenida ",
    "calle ",
    "bdul.",
    "rue ",
    "av. ",
)
"""One of them is part of a street that may be found without a postcode."""
INDIAN = re.compile(
    r"(?<![a-z])(?:plot|flat|shop|door|block|sector|phase|road|marg|nagar|layout|floor)(?: no| number)?[ .:#-]{0,3}[a-z]?-?\d"
)
"""A plot, block or road with its number behind it."""
EASTERN = re.compile(
    r"(?:省|市|区|區|县|縣|镇|村)[^\s,，。;；]{0,24}(?:路|街|大道|巷|弄|胡同|大厦|大廈|广场|廣場|中心|村|工业园|工業)[^\s,，。;；]{0,20}?"
    r"[\d０-９一二三四五六七八九十]{1,6}(?:号|號|室|楼|樓|座|层|幢)"
    r"|(?:都|道|府|県)[^\s,、。]{1,12}(?:市|区|町|村|郡)[^\s,、。]{0,16}?[\d０-９一二三四五六七八九十]{1,4}(?:丁目|番|[-－−‐ー―の][\d０-９])"
    r"|(?:市|区)[^\s,、。\d０-９]{1,14}[\d０-９]{1,4}(?:丁目|番地|[-－−‐ー―][\d０-９]{1,4})"
    r"|〒 ?[\d０-９]{3}[-－−‐ー―]?[\d０-９]{4}[ 　]{0,3}[^\s\d]{2,12}"
    r"|(?:시|도|군) ?[^\s,]{1,10}(?:구|군|읍|면|동)? ?[^\s,]{1,12}(?:로|길|동|가) ?\d{1,5}"
)
"""Chinese, Japanese and Korean addresses, from the province or town to the house; or a Japanese postcode."""
EASTERN_SIGNS = "市区區省县縣镇村県都府道〒시도군"
"""One of them is part of each."""

COUNTRY = re.compile(
    r"(?<![a-z])(?:u\.?s\.?a|united states|united kingdom|england|scotland|ireland|canada|australia|new zealand|india|pakistan"
    r"|bangladesh|china|hong ?kong|taiwan|singapore|malaysia|indonesia|thailand|philippines|vietnam|japan|korea|germany"
    r"|deutschland|france|netherlands|belgium|luxembourg|switzerland|schweiz|austria|österreich|spain|españa|portugal|italy"
    r"|italia|greece|cyprus|malta|gibraltar|turkey|israel|u\.?a\.?e|united arab emirates|dubai|egypt|nigeria|ghana|kenya"
    r"|south africa|benin|togo|mexico|méxico|brazil|brasil|argentina|chile|colombia|peru|perú|venezuela|panama|panamá|costa rica"
    r"|belize|bahamas|bermuda|barbados|jamaica|antigua|dominican republic|puerto rico|cayman islands|british virgin islands"
    r"|seychelles|mauritius|vanuatu|poland|polska|czech republic|slovakia|hungary|romania|bulgaria|serbia|croatia|slovenia"
    r"|ukraine|russia|россия|москва|санкт-петербург|киев|latvia|lithuania|estonia|finland|sweden|norway|denmark|iceland"
    rf"|{_STATE_NAMES}|london|toronto|paris|berlin|madrid|moscow|mumbai|new delhi|bangalore|shanghai|beijing|shenzhen)(?![a-z])"
)
"""A country, a state or a city that needs none."""
