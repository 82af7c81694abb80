"""Where a maker or a product is from, in words beside it: "Israeli spyware in Mexico".

Such a place is none that an answer has to be on: the spyware is Israel's, and what is
asked about is Mexico. "Israeli police" and "Israel's contract" ask about Israel.
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
        " fournisseur fournisseurs editeur editeurs start-up logiciel logiciels"
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
        " bedrijf bedrijven fabrikant fabrikanten leverancier leveranciers maker"
        " camera's"
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
    "camera's",
)
"""The same at the end of a compound: ``Überwachungsfirma``, ``spionagesoftware``."""

BETWEEN = frozenset(
    (
        "surveillance spy spying hacking hack security cyber tech technology made based"
        " owned face facial recognition forensics monitoring interception private"
        " commercial de d espion espions espionnage videosurveillance cybersurveillance"
        " securite privee privees di spia sorveglianza sicurezza privata vigilancia"
        " vigilancia seguridad espia espias espiao espioes seguranca videovigilancia"
        " privada private prive particuliere"
    ).split()
)
"""What may stand between them, folded: what such a thing is for, or whose it is."""

NOUN_FIRST = frozenset({"fr", "it", "es", "pt"})
"""Languages that say first what it is: ``caméras chinoises``."""


def origins(
    words: Sequence[Token], found: Sequence[Mention], language: str
) -> frozenset[str]:
    """The ids of places that are named as an origin and nowhere else."""
    places = [m for m in found if m.kind is MentionKind.PLACE]
    meant = {m.id for m in places if not _is_origin(words, m, language)}
    return frozenset(m.id for m in places) - meant


def _is_origin(words: Sequence[Token], place: Mention, language: str) -> bool:
    if not place.people:  # "In Serbia cameras …"
        return False
    inside = [
        n for n, w in enumerate(words) if place.start <= w.start and w.end <= place.end
    ]
    if not inside:
        return False
    before, behind = words[: inside[0]][::-1], words[inside[-1] + 1 :]
    return _leads_to_made(before if language in NOUN_FIRST else behind)


def _leads_to_made(beside: Sequence[Token]) -> bool:
    """Whether the next of these words, or one soon after it, is what is made."""
    for word in beside[: FARTHEST + 1]:
        if word.folded in MADE or word.folded.endswith(MADE_ENDINGS):
            return True
        if word.folded not in BETWEEN:
            return False
    return False
