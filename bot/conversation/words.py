"""The small words by which a follow-up question is known, in every supported language.

None of them says anything about the world. All are folded like the text they meet.
"""

from collections.abc import Mapping

from knowledge.analysis import function_words, tokens
from knowledge.model import LANGUAGES

Phrase = tuple[str, ...]


def _words(listed: str) -> frozenset[str]:
    return frozenset(token.folded for token in tokens(listed))


def _phrases(listed: str) -> tuple[Phrase, ...]:
    """Phrases between bars, the longest first."""
    cut = {tuple(t.folded for t in tokens(phrase)) for phrase in listed.split("|")}
    return tuple(sorted(cut, key=lambda phrase: (-len(phrase), phrase)))


OPENINGS = _phrases(
    "and what about|and how about|what about|how about|and also|and|or|but|what of"
    "|et qu'en est-il de|et qu'en est-il|qu'en est-il de|qu'en est-il|et quid de"
    "|quid de|et pour|et|ou|mais"
    "|e che dire di|che dire di|e riguardo a|e quanto a|e per quanto riguarda|e|ed"
    "|oppure|ma"
    "|und wie sieht es aus mit|und wie sieht es|wie sieht es aus mit|wie sieht es"
    "|und was ist mit|was ist mit|und|oder|aber"
    "|y qué hay de|qué hay de|y qué pasa con|qué pasa con|y qué tal|y|pero"
    "|en hoe zit het met|en hoe zit het|hoe zit het met|hoe zit het|en wat met|wat met"
    "|en|maar"
    "|e quanto a|e que tal|que tal|e que dizer de|mas"
)
"""How a follow-up begins."""

AFTER_DUTCH_AND = _words(
    "in hoeveel waar wie wanneer waarom hoe wat sinds is heeft wordt werd zijn de het"
    " daar nu voor welke welk met die dat deze dit van bij door tegen hun ze hij zij staan"
    " staat hebben werden worden kreeg krijgt nog ook wel niet toen dan tot uit op ging"
    " gaat gingen kon kan had hadden kwam deed doet doen gaf nam zei mag moet mocht zal zou"
    " was waren moest wil wilde hield houdt bleef blijft"
)
"""Before these ``en`` is Dutch "and"; elsewhere it is a preposition: ``en Grèce``."""

PREPOSITIONS: Mapping[str, frozenset[str]] = {
    "en": _words("in within inside for"),
    "fr": _words("en au aux à dans pour"),
    "it": _words("in nel nello nella nell' nei negli nelle per"),
    "de": _words("in im für"),
    "es": _words("en para"),
    "nl": _words("in voor"),
    "pt": _words("em no na nos nas para"),
}
"""Those that stand before a place, by language."""

BEFORE_PLACE = frozenset().union(*PREPOSITIONS.values())

FOR_WHOM = _words("for pour per für para voor")
"""Those of them that seldom do."""

ARTICLES = _words(
    "the le la les l' il lo gli i der die das den dem el los las de het o os as d'"
)

ELIDED = _words("l' d' dell' nell' all' dall' sull'")
"""These touch the name behind them and go where it goes."""

JOINTS = _words("and or et ou e o y u und oder en of") | BEFORE_PLACE | ARTICLES
"""What stands between two names of one list."""

FILLERS = _words(
    "now today then too also please maintenant aujourd'hui aussi alors ora adesso oggi"
    " anche jetzt heute auch bitte ahora hoy también nu vandaag ook agora hoje também"
    " same pareil idem stesso stessa genauso dasselbe igual mismo hetzelfde mesmo ok okay"
)
"""Words that a bare follow-up may hold besides a name."""

FUNCTION_WORDS = frozenset().union(*(function_words(code) for code in LANGUAGES))

PRONOUNS = _words(
    "it its they them their he she elle elles ils lui leur celui-ci celle-ci esso essa"
    " essi ihn ihm deren dessen ella ellos ellas hij hem ele ela eles elas"
) - {"ci"}
"""Words that stand for a vendor wherever they are."""

SHORT_PRONOUNS = _words(
    "that this ça cela ciò das dat dit eso esto isso isto ze dit er"
)
"""Words that point at what was said, where little else is."""

ALSO = _words(
    "also too either even aussi même non plus anche pure neanche persino auch sogar también"
    " tampoco incluso ook zelfs evenmin também mesmo only seulement solo soltanto nur sólo"
    " solamente alleen slechts só apenas somente"
) - {"non", "plus"}
"""Words that put something beside what was said, or keep something apart from it."""

WHICH = _words(
    "which que quali quelles quels quel quelle quale welche welcher welches welchen welchem"
    " welk welke cuál cuáles qué quais"
)
"""Words before a noun that is asked for."""

PRONOUNS_AFTER: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("es", "er", "sie"), _words("ist sind hat haben wird wurde war darf kann")
    ),
    **dict.fromkeys(
        ("het", "ze", "zij"),
        _words(
            "is heeft wordt werd was mag hebben zijn worden werden waren mogen staan doen"
            " kunnen moeten"
        ),
    ),
    "il": _words("est a t y fut peut opere"),
    "ce": _words("est"),
    "that": _words("is was"),
}
"""Words that stand for a vendor right behind one of these; else they are much else."""

PRONOUNS_BEFORE: Mapping[str, frozenset[str]] = {
    "l": _words("a ha ont hanno avait utilise"),
    "il": _words("est a fut peut"),
    "la": _words("ha han"),
    "lo": _words("ha han"),
}
"""Words that stand for a vendor right before one of these."""

THE_VENDOR = _phrases(
    "the company|this company|that company|the firm|this firm|the vendor|this vendor"
    "|l'entreprise|cette entreprise|la société|cette société|le fournisseur"
    "|ce fournisseur|l'azienda|questa azienda|la società|questa società"
    "|das unternehmen|dieses unternehmen|die firma|diese firma|der anbieter"
    "|la empresa|esta empresa|la compañía|el proveedor|het bedrijf|dit bedrijf"
    "|a empresa|essa empresa"
)
"""Phrases that stand for a vendor."""

THERE = _phrases(
    "there|là-bas|y est|y sont|y a|laggiù|dort|alli|ahí|allí|aquí|daar|ali"
    "|in this country|in that country|dans ce pays|in questo paese|in diesem land|en este país"
    "|in dat land|neste país"
)
"""Phrases that stand for a place."""

EXPLETIVES = _phrases(
    "y a-t-il|il y a|is there|are there|was there|were there|there is|there are|gibt es"
    "|es gibt|gab es|est-ce que|est-ce qu'|est-ce qui|est-ce un|est-ce une"
)
"""Phrases whose pronoun stands for nothing."""

BEFORE_CLAUSE = _words("to that for whether de d' que qu' di zu dass te om che van")
"""``Is it legal to …``: a pronoun, one word and one of these stands for nothing."""

ASKS_WHERE = _words(
    "where elsewhere countries où pays dove paesi wo ländern dónde países waar landen"
    " onde"
)
"""A question with one of these asks for places, and takes none over."""

ASKS_WHOM = _words(
    "vendors companies firms suppliers entreprises sociétés fournisseurs aziende"
    " imprese fornitori firmen unternehmens hersteller empresas compañías proveedores bedrijven"
    " leveranciers companhias fornecedores"
)
"""A question with one of these asks for vendors, and takes none over."""

VERBS = _words(
    "is are was were has have had does do did can may will est sont était ont avait"
    " peut sono ha hanno era viene può ist sind war waren hat haben wird werden wurde wurden"
    " darf kann es está están fue han hay puede zijn heeft hebben wordt werd mag estão"
    " foi tem são pode"
)
"""Finite verbs: a text that holds one is a sentence."""

OPENS_WITHOUT_SUBJECT = _words("ha fu viene está fue sigue foi tem opera")
"""Verbs that open a question without a subject in Italian, Spanish and Portuguese."""

DETAILS = _words(
    "how when why who since combien quand pourquoi qui depuis quanto quanti quando"
    " perché chi cuánto cuándo quién wie wann warum wer seit hoeveel wanneer waarom"
    " sinds quanta quem what quel quelle quels quelles quale cosa cuál wat qual"
)
"""A question that opens with one of these asks for a detail of what was spoken of."""

SECOND_PERSON = _words("you your vous toi tu voi usted bist jij jullie você")
"""Words to the bot itself."""

THE_VENDOR_ITSELF = _phrases(
    "who owns|who founded|who runs|what is it called|what are they called|its name"
    "|à qui appartient|qui possède|comment s'appelle|comment elle s'appelle|qui dirige"
    "|come si chiama|di chi è|chi possiede|a chi appartiene|chi dirige"
    "|wem gehört|wer besitzt|wie heißt|wer leitet|wer hat sie gegründet"
    "|de quién es|a quién pertenece|cómo se llama|quién dirige"
    "|van wie is|hoe heet|wie bezit|wie leidt|de quem é|como se chama|a quem pertence"
)
"""Phrases that ask for the vendor as such: the place spoken of is none of it."""

THAT = _phrases(
    "after that|since then|back then|at that time|because of that|après ça|après cela"
    "|depuis lors|à l'époque|dopo|da allora|dopo di che|danach|seitdem|damals|daraufhin"
    "|después de eso|desde entonces|entonces|daarna|sindsdien|destijds|depois disso"
    "|desde então"
)
"""Phrases that point at what was said."""

THAT_MATTER = _phrases(
    "about that|about this|that list|this list|that case|this case|that fine|this fine"
    "|that decision|this decision|that ruling|this ruling|that report|this report"
    "|à ce sujet|là-dessus|cette liste|cette affaire|cette amende|cette décision|ce rapport"
    "|al riguardo|in merito|quella lista|quel caso|questo caso|quella multa|questa multa"
    "|quella decisione|questa decisione|quel rapporto"
    "|darüber|dagegen|daran|dazu|diese liste|dieser liste|dieser fall|diesem fall"
    "|diese strafe|diese entscheidung|dieses urteil|dieser bericht"
    "|al respecto|sobre eso|esa lista|ese caso|este caso|esa multa|esa decisión|ese informe"
    "|daarover|daarin|daarvan|daartegen|hierover|die lijst|die zaak|deze zaak|die boete"
    "|deze boete|dat rapport|die beslissing"
    "|sobre isso|a esse respeito|essa lista|esse caso|essa multa|essa decisão|esse relatório"
)
"""Those that may point at something in the same question, where that names a technology or
a law: ``ist Gesichtserkennung verboten, und was kann ich dagegen tun?``"""

SUCH = _phrases(
    "such a case|similar case|similar cases|a case like that|cases like that|anything similar"
    "|something similar|anything like that|something like that|the same thing"
    "|cas pareil|cas pareils|cas semblable|cas semblables|cas similaire|cas similaires"
    "|quelque chose de semblable|quelque chose de pareil|la même chose"
    "|caso simile|casi simili|caso del genere|qualcosa di simile|la stessa cosa"
    "|ähnlicher fall|ähnlichen fall|ähnliche fälle|solcher fall|solchen fall|solche fälle"
    "|so einen fall|etwas ähnliches|so etwas|dasselbe"
    "|caso parecido|casos parecidos|caso similar|casos similares|caso así|casos así"
    "|algo parecido|algo así|lo mismo"
    "|zo'n zaak|soortgelijke zaak|soortgelijke zaken|vergelijkbare zaak|zoiets|iets dergelijks"
    "|hetzelfde"
    "|caso semelhante|casos semelhantes|caso assim|algo semelhante"
    "|a mesma coisa|o mesmo"
)
"""Phrases that stand for what happened in the case that was spoken of."""

JOINS_FOR_SURE = _words("and et y und en")
"""Openings that join a question to another one, whatever follows."""

COUNTS = _words(
    "how when combien quand quanto quanti quante quando cuánto cuántos cuántas cuándo"
    " wie wann hoe hoeveel wanneer quantos quantas"
)
"""A short question that begins with one of these and names nothing asks of what was named."""

DEFINES = _words("what whats cos cosa che qu was wat qué que o")
"""A question for what something is begins so, and needs no more than its name."""

INVERTED = _words("il elle ils elles on ce")
"""Pronouns that repeat a subject behind its verb: ``la police a-t-elle …``."""

BEFORE_INVERSION = _words(
    "quand combien pourquoi comment où qui que quoi qu depuis et y en ne n se s l la le les"
    " lui leur ainsi aussi alors donc"
)
"""Before the verb, these are no subject."""

AFTER_A_NOUN = _words("it its they them their he she")
"""Pronouns that may stand for a noun before them in the same question."""

JUDGING = _words(
    "legal illegal lawful unlawful allowed crime offence forbidden banned permitted possible"
    " true mandatory compulsory ok normal légal interdit possible légale legale vietato"
    " verboten erlaubt strafbar prohibido posible verboden toegestaan proibido possível"
)
"""``It`` with one of these and a clause stands for the clause."""

IS = _words("is are s ist sind e est sont es son zijn são")
"""Behind one of those that ask what something is."""

REFLEXIVE = _words("s se n ne l")
"""Between a subject and its verb."""

HOW_MANY = _words(
    "many much combien quanti quante quanto viel viele cuántos cuántas hoeveel quantos quantas"
)
"""They ask for a number."""
