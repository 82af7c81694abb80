"""Where a maker, a product or a person is from: "Israeli spyware", "a Russian journalist".

Such a place is none that an answer has to be on: the spyware is Israel's, and what is
asked about may be Mexico. "Israeli police" and "Israel's contract" ask about Israel.
"""

from collections.abc import Sequence

from knowledge.analysis import Token
from knowledge.model import Mention, MentionKind

FARTHEST = 2
"""Words that may stand between the place and what comes from there."""

MADE = frozenset(
    (
        # en
        "company companies firm firms maker makers vendor vendors manufacturer"
        " manufacturers supplier suppliers startup startups spyware malware software"
        " camera cameras"
        # "Russian social network", "réseau social russe", "russisches Netzwerk"
        " social network networks soziales sozialen netzwerk netzwerks sociale netwerk"
        # fr
        " entreprise entreprises societe societes firme firmes fabricant fabricants"
        " fournisseur fournisseurs editeur editeurs logiciel logiciels"
        # it
        " azienda aziende societa ditta ditte impresa imprese produttore produttori"
        " fornitore fornitori telecamera telecamere programma programmi trojan"
        # de
        " firma firmen unternehmen hersteller herstellers anbieter konzern konzerne"
        " konzerns lieferant lieferanten kamera kameras"
        # es, pt
        " empresa empresas compania companias fabricante fabricantes proveedor"
        " proveedores fornecedor fornecedores firma programa programas"
        # nl
        " bedrijf bedrijven fabrikant fabrikanten leverancier leveranciers"
    ).split()
)
"""What has an origin, folded; of all languages together, as ``spyware`` is of most."""

MADE_ENDINGS = (
    "firma",
    "firmen",
    "unternehmen",
    "hersteller",
    "konzern",
    "anbieter",
    "software",
    "spyware",
    "kamera",
    "kameras",
    "bedrijf",
    "bedrijven",
    "fabrikant",
    "leverancier",
)
"""The same at the end of a compound: ``Überwachungsfirma``, ``spionagesoftware``."""

OF_SOMEWHERE = frozenset(
    (
        "journalist journalists reporter reporters broadcaster television tv media outlet"
        " newspaper magazine activist activists dissident dissidents exile"
        " journaliste journalistes chaine medias quotidien militant"
        " militants militante activiste dissidente opposant opposants"
        " giornalista giornalisti testata giornale emittente televisione attivista"
        " attivisti dissidenti"
        " journalistin journalisten journalistinnen reporterin zeitung medium mediums"
        " medien sender senders fernsehen aktivist aktivisten aktivistin dissidenten"
        " periodista periodistas medio medios diario television cadena"
        " jornalista jornalistas jornal ativista ativistas televisao emissora"
        " activista activistas disidente disidentes dissidentes"
        " omroep krant televisie activisten"
    ).split()
)
"""Who, or whose news, has a country, folded; of all languages together."""

SOMEWHERE_ENDINGS = (
    "medium",
    "mediums",
    "medien",
    "journalist",
    "journalistin",
    "zeitung",
)
"""The same at the end of a compound: ``Exilmedium``."""

BETWEEN = frozenset(
    (
        "surveillance spy spying hacking hack security cyber tech technology made based"
        " owned face facial recognition forensics monitoring interception private"
        " commercial de d espion espions espionnage videosurveillance cybersurveillance"
        " securite privee privees di spia sorveglianza sicurezza privata vigilancia"
        " seguridad espia espias espiao espioes seguranca videovigilancia"
        " privada private prive particuliere"
    ).split()
)
"""What may stand between them, folded: what such a thing is for, or whose it is."""

NOUN_FIRST = frozenset({"fr", "it", "es", "pt"})
"""Languages that say first what it is: ``caméras chinoises``."""


def origins(
    words: Sequence[Token], found: Sequence[Mention], language: str
) -> frozenset[str]:
    """The ids of places that are named as a maker's or a product's, and nowhere else."""
    return _only_of(words, found, language, MADE, MADE_ENDINGS)


def natives(
    words: Sequence[Token], found: Sequence[Mention], language: str
) -> frozenset[str]:
    """The ids of places that are named as somebody's, or a paper's, and nowhere else."""
    return _only_of(words, found, language, OF_SOMEWHERE, SOMEWHERE_ENDINGS)


def _only_of(
    words: Sequence[Token],
    found: Sequence[Mention],
    language: str,
    listed: frozenset[str],
    endings: tuple[str, ...],
) -> frozenset[str]:
    places = [m for m in found if m.kind is MentionKind.PLACE]
    others = set()
    for place in places:
        near = _beside(words, place, language)
        if not any(w in listed or w.endswith(endings) for w in near):
            others.add(place.id)
    return frozenset(m.id for m in places) - others


def _beside(words: Sequence[Token], place: Mention, language: str) -> Sequence[str]:
    """The next word to what is of a place, and what that may be hidden behind."""
    if not place.people:  # "In Serbia cameras …"
        return ()
    inside = [
        n for n, w in enumerate(words) if place.start <= w.start and w.end <= place.end
    ]
    if not inside:
        return ()
    before, behind = words[: inside[0]][::-1], words[inside[-1] + 1 :]
    near = [w.folded for w in (before if language in NOUN_FIRST else behind)]
    hiding = next((n for n, w in enumerate(near) if w not in BETWEEN), len(near))
    return near[: min(hiding, FARTHEST) + 1]
