"""Words as they are typed in haste, and the words that they stand for.

Only small words, by which it is told what a question wants and which of its words are
idle: ``qd`` asks for a day as ``quand`` does. Folded, like all that a question says.
"""

from collections.abc import Mapping, Sequence

from knowledge.analysis import Token

SHORTHAND: Mapping[str, Mapping[str, str]] = {
    language: dict(pair.split(":") for pair in pairs.split())
    for language, pairs in {
        "en": "plz:please pls:please rn:now bc:because cuz:because coz:because dont:don"
        " doesnt:doesn didnt:didn isnt:isn wasnt:wasn arent:aren werent:weren"
        " hasnt:hasn havent:haven cant:can couldnt:could wouldnt:would wheres:where"
        " hows:how thats:that theres:there im:i ive:i youre:you theyre:they ur:your"
        " gonna:going wen:when wat:what wich:which thru:through abt:about hav:have",
        "fr": "koi:quoi pk:pourquoi pq:pourquoi pkoi:pourquoi kel:quel kels:quels"
        " kelle:quelle kelles:quelles ke:que ki:qui pr:pour ds:dans tt:tout jms:jamais"
        " tjrs:toujours tjs:toujours mtn:maintenant sest:est nest:est quil:qu quils:qu"
        " qd:quand bcp:beaucoup cb:combien cmt:comment avc:avec ya:a cetait:etait"
        " eske:est",
        "it": "xke:perche xche:perche perke:perche nn:non cmq:comunque ke:che ki:chi"
        " qnd:quando qnto:quanto dv:dove tt:tutto sn:sono anke:anche qndi:quindi",
        "de": "ne:eine nem:einem nen:einen ner:einer ned:nicht net:nicht nich:nicht"
        " nix:nichts wat:was dat:das obs:ob wars:war hats:hat isses:ist aufm:auf"
        " vllt:vielleicht evtl:vielleicht grad:gerade",
        "es": "xq:porque pq:porque porq:porque q:que tb:tambien tmb:tambien pa:para"
        " ke:que aki:aqui dnd:donde cdo:cuando qn:quien",
        "nl": "vd:van vh:van vn:van mn:mijn zn:zijn wnr:wanneer wrm:waarom tis:is"
        " mss:misschien",
        "pt": "vc:voce vcs:voces pq:porque tb:tambem tbm:tambem oq:que qdo:quando"
        " qd:quando qto:quanto qts:quantos qm:quem hj:hoje td:tudo tds:todos pra:para"
        " pro:para pras:para pros:para ta:esta tava:estava mt:muito msm:mesmo",
    }.items()
}


def spelt_out(words: Sequence[Token], language: str) -> tuple[Token, ...]:
    """The words, those typed in haste compared as what they stand for.

    In capitals they are names: BC is a province, VN the United Nations.
    """
    typed = SHORTHAND[language]
    return tuple(
        word._replace(folded=typed[word.folded])
        if word.folded in typed and not word.text.isupper()
        else word
        for word in words
    )
