"""The words by which a question says what it wants, in every supported language.

Folded (see ``analysis.fold``). None of them says anything about the world, so none is
ever looked for in a passage.
"""

from collections.abc import Mapping

from knowledge.questions.phrases import Phrases, phrases

SCAFFOLD: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "tell know say says said explain describe find show list give information"
        " info news latest recent recently current currently now today still ever"
        " already yet happened happen happening anything something about regarding"
        " concerning country countries company companies firm firms vendor vendors"
        " going situation know known much many presently nowadays really actually"
        " exactly truly anyway basically perhaps maybe please btw idk afaik lol",
        "fr": "dire dis dit sait savoir savez connait explique expliquer decris liste"
        " donne information informations nouvelles actualite recent recemment actuel"
        " actuelle actuellement maintenant aujourd hui encore toujours deja jamais passe"
        " concernant propos pays entreprise entreprises societe societes fournisseur"
        " fournisseurs situation vraiment exactement reellement finalement effectivement"
        " justement cache cachent",
        "it": "dire dimmi sa sapere sai spiega descrivi elenca dammi informazioni"
        " notizie recente recentemente attuale attualmente ora adesso oggi ancora gia mai"
        " successo riguardo paese paesi azienda aziende societa impresa imprese"
        " fornitore fornitori situazione davvero veramente esattamente effettivamente"
        " proprio poi ormai insomma forse comunque nasconde",
        "de": "sag sagen weiss wissen weisst erklare beschreibe liste gib information"
        " informationen nachrichten neueste aktuell aktuelle derzeit jetzt heute noch"
        " immer schon bereits jemals passiert uber bezuglich land lander landern firma"
        " firmen unternehmen anbieter gerade wirklich momentan eigentlich uberhaupt"
        " tatsachlich genau nun halt irgendwie vielleicht gegenwartig lauft gegangen nochmal"
        " steckt steckte verbirgt",
        "es": "dime decir sabe saber sabes explica describe lista dame informacion"
        " noticias reciente recientemente actual actualmente ahora hoy todavia aun ya"
        " nunca paso sobre respecto pais paises empresa empresas compania companias"
        " proveedor proveedores situacion realmente sigue exactamente precisamente"
        " efectivamente finalmente acaso quizas quiza detras esconde",
        "nl": "zeg zeggen weet weten leg uit beschrijf lijst geef informatie nieuws"
        " recent recente huidig huidige momenteel nu vandaag nog steeds al ooit gebeurd"
        " over betreffende land landen bedrijf bedrijven leverancier leveranciers"
        " situatie echt eigenlijk werkelijk daadwerkelijk precies uberhaupt nou eens"
        " inmiddels misschien gegaan speelt loopt alweer schuilt zit zat",
        "pt": "diga dizer sabe saber explica descreve lista de-me informacao informacoes"
        " noticias recente recentemente atual atualmente agora hoje ainda ja nunca"
        " aconteceu sobre respeito pais paises empresa empresas companhia fornecedor"
        " fornecedores situacao realmente continua exatamente efetivamente afinal talvez"
        " esconde",
    }.items()
}
"""Words that carry the question, not its subject."""

ORIGIN: Mapping[str, tuple[Phrases, str]] = {
    "en": (phrases("where * from|which country * from|what country * from"), "from"),
    "it": (phrases("da dove|di dove"), "dove"),
    "es": (phrases("de donde"), "donde"),
    "pt": (phrases("de onde"), "onde"),
}
"""How it is asked where something is from, and the word that says so; in the other
languages a verb says it (`vient`, `kommt`), which is no idle word.
"""
