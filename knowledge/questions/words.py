"""The words by which a question says what it wants, in every supported language.

Folded (see ``analysis.fold``). None of them says anything about the world, so none is
ever looked for in a passage.
"""

from collections.abc import Mapping

from knowledge.model import QuestionKind

ASKING: Mapping[str, Mapping[QuestionKind, tuple[str, ...]]] = {
    "en": {
        QuestionKind.HOW_MUCH: ("how much", "how many", "how large", "how big"),
        QuestionKind.WHERE: ("where", "which country", "which countries"),
        QuestionKind.WHEN: ("when", "since when", "what year", "what date"),
        QuestionKind.WHO: ("who", "whom", "whose"),
        QuestionKind.STATUS: ("is", "are", "does", "do", "has", "have", "was", "were"),
    },
    "fr": {
        QuestionKind.HOW_MUCH: ("combien", "quel montant", "a combien"),
        QuestionKind.WHERE: ("ou est", "ou sont", "dans quel pays", "quels pays", "ou"),
        QuestionKind.WHEN: ("quand", "depuis quand", "quelle date", "quelle annee"),
        QuestionKind.WHO: ("qui",),
        QuestionKind.STATUS: ("est ce que", "est", "sont", "a t", "ont", "a"),
    },
    "it": {
        QuestionKind.HOW_MUCH: ("quanto", "quanti", "quante", "quanta"),
        QuestionKind.WHERE: ("dove", "in quale paese", "in quali paesi", "quali paesi"),
        QuestionKind.WHEN: ("quando", "da quando", "in che anno", "che data"),
        QuestionKind.WHO: ("chi",),
        QuestionKind.STATUS: ("e", "sono", "ha", "hanno"),
    },
    "de": {
        QuestionKind.HOW_MUCH: ("wie viel", "wieviel", "wie viele", "wie hoch"),
        QuestionKind.WHERE: ("wo", "in welchem land", "in welchen landern"),
        QuestionKind.WHEN: ("wann", "seit wann", "in welchem jahr"),
        QuestionKind.WHO: ("wer", "wen", "wem"),
        QuestionKind.STATUS: ("ist", "sind", "hat", "haben", "wird", "werden", "wurde"),
    },
    "es": {
        QuestionKind.HOW_MUCH: ("cuanto", "cuantos", "cuantas", "cuanta"),
        QuestionKind.WHERE: ("donde", "en que pais", "en que paises", "que paises"),
        QuestionKind.WHEN: ("cuando", "desde cuando", "en que ano"),
        QuestionKind.WHO: ("quien", "quienes"),
        QuestionKind.STATUS: ("es", "esta", "estan", "ha", "han", "fue"),
    },
    "nl": {
        QuestionKind.HOW_MUCH: ("hoeveel", "hoe hoog", "hoe groot"),
        QuestionKind.WHERE: ("waar", "in welk land", "in welke landen", "welke landen"),
        QuestionKind.WHEN: ("wanneer", "sinds wanneer", "in welk jaar"),
        QuestionKind.WHO: ("wie",),
        QuestionKind.STATUS: ("is", "zijn", "heeft", "hebben", "wordt", "werd"),
    },
    "pt": {
        QuestionKind.HOW_MUCH: ("quanto", "quantos", "quantas", "quanta"),
        QuestionKind.WHERE: ("onde", "em que pais", "em que paises", "que paises"),
        QuestionKind.WHEN: ("quando", "desde quando", "em que ano"),
        QuestionKind.WHO: ("quem",),
        QuestionKind.STATUS: ("e", "esta", "estao", "foi", "tem"),
    },
}
"""How a question of each kind begins or what it holds; the longest hit decides."""

SINCE = frozenset(
    "since after from depuis apres dopo dal dalla seit ab nach desde tras sinds vanaf na"
    " apos".split()
)
"""Words that make the year behind them a lower bound."""

GREETINGS = frozenset(
    # en
    "hello hi hey hiya yo greetings morning afternoon evening night good day thanks"
    " thank thx lot cheers bye goodbye ok okay cool great nice welcome sorry please lol"
    " bot quis test testing ping"
    # fr
    " bonjour bonsoir salut coucou merci beaucoup revoir bonne bon journee soiree"
    " d'accord super"
    # it
    " ciao buongiorno buonasera buonanotte salve grazie mille prego arrivederci"
    # de
    " hallo guten guter tag morgen abend moin servus danke schon bitte tschuss"
    # es
    " hola buenos buenas dias tardes noches gracias muchas adios"
    # nl
    " hoi dag goedemorgen goedemiddag goedenavond dank bedankt dankjewel doei"
    # pt
    " ola oi bom boa dia tarde noite obrigado obrigada tchau".split()
)
"""Words of which a greeting, thanks or a word to the bot consists."""

SCAFFOLD: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "tell know say says said explain describe find show list give information"
        " info news latest recent recently current currently now today still ever"
        " already yet happened happen happening anything something about regarding"
        " concerning country countries company companies firm firms vendor vendors"
        " going situation know known much many presently nowadays really actually",
        "fr": "dire dis dit sait savoir savez connait explique expliquer decris liste"
        " donne information informations nouvelles actualite recent recemment actuel"
        " actuelle actuellement maintenant aujourd hui encore toujours deja jamais passe"
        " concernant propos pays entreprise entreprises societe societes fournisseur"
        " fournisseurs situation vraiment",
        "it": "dire dimmi sa sapere sai spiega descrivi elenca dammi informazioni"
        " notizie recente recentemente attuale attualmente ora adesso oggi ancora gia mai"
        " successo riguardo paese paesi azienda aziende societa impresa imprese"
        " fornitore fornitori situazione davvero",
        "de": "sag sagen weiss wissen weisst erklare beschreibe liste gib information"
        " informationen nachrichten neueste aktuell aktuelle derzeit jetzt heute noch"
        " immer schon bereits jemals passiert uber bezuglich land lander landern firma"
        " firmen unternehmen anbieter gerade wirklich momentan",
        "es": "dime decir sabe saber sabes explica describe lista dame informacion"
        " noticias reciente recientemente actual actualmente ahora hoy todavia aun ya"
        " nunca paso sobre respecto pais paises empresa empresas compania companias"
        " proveedor proveedores situacion realmente sigue",
        "nl": "zeg zeggen weet weten leg uit beschrijf lijst geef informatie nieuws"
        " recent recente huidig huidige momenteel nu vandaag nog steeds al ooit gebeurd"
        " over betreffende land landen bedrijf bedrijven leverancier leveranciers"
        " situatie echt",
        "pt": "diga dizer sabe saber explica descreve lista de-me informacao informacoes"
        " noticias recente recentemente atual atualmente agora hoje ainda ja nunca"
        " aconteceu sobre respeito pais paises empresa empresas companhia fornecedor"
        " fornecedores situacao realmente continua",
    }.items()
}
"""Words that carry the question, not its subject."""
