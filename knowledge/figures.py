"""Does a text tell how much or how many? A figure, in digits or in words.

No figure is what only says when, or which: a year, a day of a month, an article, the
number of a law. "How high was the fine?" is not answered by the day it was imposed.
"""

import re
from collections.abc import Mapping

from knowledge.analysis import folded_words
from knowledge.provisions import HEAD, POINT

_MONTH = (
    r"(?:jan(?:uar[iy]?|vier|eiro)?|jänner|gennaio|enero"
    r"|feb(?:ruar[iy]?|braio|rero)?|f[ée]vrier|fevereiro"
    r"|mar(?:ch|s|zo|ço)?|märz|maart|apr(?:il|ile)?|avril|abril"
    r"|ma[yi]|mei|maggio|mayo|maio|jun[ei]?|juin|giugno|jun[ih]o"
    r"|jul[iy]?|juillet|luglio|jul[ih]o|aug(?:ust|ustus)?|août|agosto"
    r"|sept?(?:ember|embre|iembre)?|settembre|setembro|o[ck]t(?:ober|obre|ubre)?"
    r"|ottobre|outubro|nov(?:ember|embre|iembre|embro)?"
    r"|de[cz](?:ember|embro)?|d[ée]cembre|dicembre|diciembre)(?!\w)"
)

_WHEN_OR_WHICH = re.compile(
    rf"(?<!\w)\d{{1,2}}(?:st|nd|rd|th|er|[º°.])?\s{{1,2}}(?:(?:of|de)\s)?{_MONTH}"
    rf"|(?<!\w){_MONTH}\s\d{{1,2}}(?!\d)"
    r"|(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:\d{2}){1,2}(?!\d)"  # 3.9.2024
    r"|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)"
    r"|(?<!\d)(?:\d{1,4}/(?:19|20)\d{2}|(?:19|20)\d{2}/\d{1,4})(?!\d)"  # 2016/679
    r"|(?<![\w$€£.,])(?:1[6-9]|20)\d{2}(?:-\d{2})?(?!\w)(?![.,]\d)",
    re.IGNORECASE,
)

_LISTED: Mapping[str, str] = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen"
    " fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty"
    " sixty seventy eighty ninety hundred hundreds thousand thousands million millions"
    " billion billions dozen dozens half third quarter once twice double none",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze"
    " quinze seize vingt trente quarante cinquante soixante cent cents centaine"
    " centaines mille millier milliers million millions milliard milliards dizaine"
    " dizaines vingtaine trentaine douzaine moitié demi tiers quart double aucun aucune",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici tredici"
    " quattordici quindici sedici diciassette diciotto diciannove venti trenta quaranta"
    " cinquanta sessanta settanta ottanta novanta cento centinaio centinaia mille mila"
    " migliaio migliaia milione milioni miliardo miliardi decina decine ventina dozzina"
    " metà mezzo terzo quarto doppio nessuno nessuna",
    "de": "zwei zwo drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn"
    " fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig"
    " sechzig siebzig achtzig neunzig hundert hunderte hunderten tausend tausende"
    " tausenden million millionen milliarde milliarden dutzend dutzende hälfte halb"
    " drittel viertel einmal zweimal doppelt kein keine keinen",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
    " dieciséis diecisiete dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta"
    " setenta ochenta noventa cien ciento cientos centenar centenares mil miles millar"
    " millares millón millones decena decenas veintena docena docenas mitad medio tercio"
    " cuarto doble ninguno ninguna",
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien"
    " vijftien zestien zeventien achttien negentien twintig dertig veertig vijftig"
    " zestig zeventig tachtig negentig honderd honderden duizend duizenden miljoen"
    " miljoenen miljard miljarden tiental tientallen dozijn helft half derde kwart"
    " eenmaal tweemaal dubbel geen",
    "pt": "dois duas três quatro cinco seis sete oito nove dez onze doze treze catorze"
    " quatorze quinze dezasseis dezesseis dezassete dezessete dezoito dezanove dezenove"
    " vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cem cento"
    " centena centenas mil milhar milhares milhão milhões bilhão bilhões dezena dezenas"
    " vintena dúzia dúzias metade meio terço quarto dobro nenhum nenhuma",
}

_WORDS = {language: folded_words(listed) for language, listed in _LISTED.items()}
"""Numbers in words, folded; not "a" or "one" where an article is the same word."""


def has_figure(text: str, language: str) -> bool:
    """Whether it tells an amount, a number, a share or how long something is."""
    if not folded_words(text).isdisjoint(_WORDS.get(language, frozenset())):
        return True
    rest = _without_provisions(_WHEN_OR_WHICH.sub(" ", text))
    return any(character.isdigit() for character in rest)


def _without_provisions(text: str) -> str:
    kept, at = [], 0
    for head in HEAD.finditer(text):
        kept.append(text[at : head.start()])
        at = head.end()
        while point := POINT.match(text, at):
            at = point.end()
    return " ".join([*kept, text[at:]])
