"""The words by which a question says what sort of answer it wants, by language.

All are folded (see ``analysis.fold``); bars part phrases, ``*`` ends the beginning of a
word. None says anything about the world.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.model import QuestionKind
from knowledge.questions.phrases import Phrase, Phrases, phrases


@dataclass(frozen=True, slots=True)
class Telling:
    """Phrases, and the kinds that each of them says."""

    phrases: Phrases
    kinds: Mapping[Phrase, tuple[QuestionKind, ...]]


@dataclass(frozen=True, slots=True)
class Asking:
    """How one language asks.

    ``wanting`` are phrases that say a kind wherever they stand, ``topics`` nouns that say
    it where nothing else does, ``which`` the words before a noun that is asked for.
    ``yes_or_no`` are the verbs that begin a question for yes or no; ``may`` those that
    ask what is allowed.
    """

    wanting: Telling
    topics: Telling
    which: Phrases
    yes_or_no: Phrases
    may: Phrases


def _asking(
    wanting: Mapping[QuestionKind, str],
    topics: Mapping[QuestionKind, str],
    which: str,
    yes_or_no: str,
    may: str,
) -> Asking:
    return Asking(
        _telling(wanting),
        _telling(topics),
        phrases(which),
        phrases(yes_or_no),
        phrases(may),
    )


def _telling(listed: Mapping[QuestionKind, str]) -> Telling:
    kinds: dict[Phrase, tuple[QuestionKind, ...]] = {}
    for kind, written in listed.items():
        for phrase in phrases(written):
            kinds[phrase] = (*kinds.get(phrase, ()), kind)
    return Telling(Phrases(kinds), kinds)


K = QuestionKind

ASKING: Mapping[str, Asking] = {
    "en": _asking(
        {
            K.HOW_MUCH: "how much|how many|how large|how big|how high|how often|how old"
            "|what share|what percentage|number of|amount of|how long|what amount"
            "|at what price|what did * pay|what does * cost|what did * cost|how far",
            K.WHERE: "where|which country|which countries|what country|what countries",
            K.STATUS: "where do * stand|where does * stand|state of play|how far along is",
            K.WHEN: "when|since when|until when|till when|what year|which year|what date"
            "|which date|what day|which day|what month|which month|what time"
            "|how long ago|by when|date of|start date|as of when",
            K.WHO: "who|whom|whose|whos|by whom|name of the",
            K.WHY: "why|how come|what for|for what reason|reason why|reasons why"
            "|what reason|which reason|on what grounds|on which grounds|reason for"
            "|reason given|what motive|how did * justify|how does * justify",
            K.DEFINITION: "what is|what are|what s|whats|what does * mean|meaning of"
            "|definition of|what exactly is|how is * defined|what counts as",
            K.LIST: "list of|list the|list all|list every|full list|names of|name all"
            "|name the|which of|enumerate",
            K.LAW: "what law|which law|which laws|what laws|which article|what article"
            "|which articles|which rule|which rules|what rule|what rules|which act"
            "|legal basis|under what law|under which law|is it legal|is it illegal"
            "|is it lawful|is it allowed|is it a crime|is it forbidden|which provision"
            "|which principles|which offence|what offence|on what legal basis"
            "|what rights|which rights|which right|what right|which crime|what crime"
            "|which charges|what charges|which statute|which regulation|is it ok to"
            "|have to|am i allowed|do i have the right|which treaty|what treaty"
            "|which amendment|legally|obliged to|required to",
        },
        {
            K.HOW_MUCH: "price|prices|value|budget|cost|costs|number|amount|total|salary"
            "|revenue|percentage|fee|damages",
            K.WHEN: "date|timeline|deadline",
            K.WHY: "reason|reasons|motive",
            K.LIST: "names|list|exceptions",
            K.LAW: "article|articles|lawful|legality|illegal|legal",
        },
        "which|what",
        "is|are|does|do|did|has|have|had|was|were|will|would|isn|aren|doesn|didn|hasn"
        "|wasn|any",
        "can|may|must|should|could|am i",
    ),
    "fr": _asking(
        {
            K.HOW_MUCH: "combien|quel montant|quelle somme|quel prix|quelle part"
            "|quel pourcentage|nombre de|nombre d|montant de|a quelle hauteur"
            "|quel est le montant|quelle est la part|a quel prix|quelle amende"
            "|quel age|quelle taille",
            K.STATUS: "ou en est|ou en sont|ou en sommes nous|qu en est il",
            K.WHERE: "ou|dans quel pays|quel pays|quels pays|dans quels pays|ou est"
            "|ou sont|d ou|vers ou|dans quelle ville|quelle ville|quelles villes",
            K.WHEN: "quand|depuis quand|quelle date|quelle annee|quel jour|quel mois"
            "|a partir de quand|jusqu a quand|date de|date d|de quand date|quelles dates"
            "|en quelle annee|c est quand|a quel moment",
            K.WHO: "qui|a qui|de qui|par qui|chez qui|avec qui|pour qui|contre qui"
            "|nom du|nom de la|comment s appelle|comment s appellent",
            K.WHY: "pourquoi|pour quelle raison|pour quelles raisons|pour quel motif"
            "|pour quels motifs|raison de|raisons de|motif de|au nom de quoi",
            K.DEFINITION: "qu est ce que|qu est ce qu|c est quoi|cest quoi|que signifie"
            "|que veut dire|definition de|definition d|kesako",
            K.LIST: "liste de|liste des|la liste|noms des|noms de|citez|quels sont"
            "|quelles sont|lesquels|lesquelles|enumere*",
            K.LAW: "quelle loi|quelles lois|quel article|quels articles|quel texte"
            "|quelle base legale|quelle base juridique|en vertu de quoi|quel droit"
            "|quels droits|quelles regles|quelle regle|quel principe|quels principes"
            "|est il legal|est ce legal|est il interdit|est ce interdit|est il illegal"
            "|est ce illegal|est il permis|est ce autorise|a t on le droit|le droit de"
            "|c est legal|c est autorise|c est interdit|quelle disposition|faut il"
            "|quelle infraction|quelles infractions|quel reglement|quel decret"
            "|doit on|est on oblige|obligatoire*|quel fondement|en vertu de quelle loi"
            "|en vertu de quel article|quelle directive|quelle peine|avait le droit"
            "|avait il le droit|est elle legale|est il legale",
        },
        {
            K.HOW_MUCH: "prix|montant|budget|cout|nombre|salaire|total|valeur",
            K.WHEN: "date|calendrier",
            K.WHY: "raison|motif",
            K.LIST: "liste|noms",
            K.LAW: "article|articles|legalite|legal|legale|illegal|illegale",
        },
        "quel|quelle|quels|quelles",
        "est ce que|est ce qu|est|sont|a t|ont|a|y a t",
        "peut on|peuvent ils|peut|peuvent|peut il|peut elle|doit|doivent|doit il"
        "|puis je|ai je le droit|dois je|peuvent elles",
    ),
    "it": _asking(
        {
            K.HOW_MUCH: "quanto|quanti|quante|quanta|quant|quale importo|che importo"
            "|quale somma|che cifra|quale cifra|a quanto|di quanto|che percentuale"
            "|quale percentuale|numero di|numero dei|numero delle|importo della"
            "|quale prezzo|a che prezzo|che multa|quale multa|ogni quanto",
            K.STATUS: "a che punto e|a che punto sono|a che punto siamo",
            K.WHERE: "dove|in quale paese|in quali paesi|quali paesi|quale paese|dov"
            "|in che paese|che paesi|da dove|in quale citta|quale citta|in che citta"
            "|in quali citta",
            K.WHEN: "quando|da quando|in che anno|che data|che anno|quale anno"
            "|in quale data|quale data|che giorno|quale giorno|in quale anno|fino a quando"
            "|entro quando|data di|data della|data del|che mese|quale mese|in che data"
            "|in che notte|a che punto|da quanto tempo",
            K.WHO: "chi|di chi|a chi|da chi|per chi|con chi|contro chi|nome del"
            "|nome della|come si chiama|come si chiamano",
            K.WHY: "perche|come mai|per quale motivo|per quale ragione|per quali motivi"
            "|per quali ragioni|per che motivo|motivo della|motivi della|con quale motivazione"
            "|che motivo|quale motivo|a che scopo|ragione della|come ha giustificato",
            K.DEFINITION: "cos e|cosa e|che cos e|che cosa e|cosa sono|che cosa sono"
            "|cosa significa|che significa|cosa si intende|che cosa si intende"
            "|definizione di|cosa vuol dire|cosa vuole dire",
            K.LIST: "elenco di|elenco dei|elenco delle|lista di|lista dei|lista delle"
            "|nomi di|nomi dei|nomi degli|nomi delle|quali sono|elencami|elenca",
            K.LAW: "quale legge|quali leggi|che legge|quale articolo|quali articoli"
            "|che articolo|quale norma|quali norme|in base a quale|base giuridica"
            "|base legale|e legale|e illegale|e vietato|e lecito|e illecito|e permesso"
            "|e consentito|e reato|ho diritto|ha diritto|hanno diritto|che diritti"
            "|quali diritti|quale diritto|quali principi|quale principio|quale reato"
            "|quali reati|che regole|quali regole|quale disposizione|obbligatori*"
            "|serve un|bisogna|occorre|si puo|quale decreto|quale regolamento"
            "|e obbligat*|in forza di quale|ai sensi di quale|quale direttiva|quale obbligo",
        },
        {
            K.HOW_MUCH: "prezzo|importo|costo|numero|budget|valore|stipendio|totale"
            "|fatturato",
            K.WHEN: "data|scadenza|calendario",
            K.WHY: "motivo|motivi|motivazione",
            K.LIST: "elenco|lista|nomi",
            K.LAW: "articolo|articoli|legale|illegale|lecito|legalita",
        },
        "quale|quali|che|qual",
        "e|sono|ha|hanno|e vero che|e stato|e stata|era|ci sono|c e",
        "puo|possono|posso|deve|devono|devo|potrebbe",
    ),
    "de": _asking(
        {
            K.HOW_MUCH: "wie viel|wieviel|wie viele|wieviele|wie hoch|wie gross|wie teuer"
            "|wie oft|wie lange|wie lang|welcher betrag|welchen betrag|welche summe"
            "|anzahl der|anzahl von|zahl der|welcher preis|zu welchem preis|hohe der"
            "|was kostet|was kostete|was kosten|was hat * gekostet|was hat * bezahlt"
            "|was zahlt|was zahlte|was zahlen|was zahlten|wie alt|welcher anteil"
            "|welchen anteil|welcher prozentsatz|wie vielen|wie stark",
            K.STATUS: "wie steht es um|wie ist der stand|wie weit ist",
            K.WHERE: "wo|in welchem land|in welchen landern|welche lander|welches land"
            "|woher|wohin|in welcher stadt|welche staaten|in welchen staaten"
            "|in welchen stadten|welche stadte|welche stadt",
            K.WHEN: "wann|seit wann|in welchem jahr|welches jahr|welches datum|bis wann"
            "|ab wann|an welchem tag|welcher tag|in welchem monat|welchem datum|datum der"
            "|datum des|zu welchem zeitpunkt|von wann",
            K.WHO: "wer|wen|wem|wessen|name der|name des|von wem|wie heisst|wie heissen",
            K.WHY: "warum|weshalb|wieso|weswegen|aus welchem grund|aus welchen grunden"
            "|mit welcher begrundung|wozu|grund fur|grunde fur|wie begrundet|wie begrundete"
            "|welchen grund|welcher grund|wie rechtfertigt*",
            K.DEFINITION: "was ist|was sind|was bedeutet|was heisst|was versteht man"
            "|definition von|was bezeichnet|was genau ist|was gilt als|was meint",
            K.LIST: "liste der|liste von|namen der|namen von|liste aller|auflistung"
            "|zahl auf|nenne|welche sind",
            K.LAW: "welches gesetz|welche gesetze|welcher artikel|welchen artikel"
            "|welche artikel|kraft welchen gesetzes|nach welchem gesetz|welcher paragraf"
            "|welcher paragraph|welchem paragrafen|welchen paragrafen|rechtsgrundlage"
            "|welche vorschrift|welche vorschriften|welche norm|ist es legal|ist es verboten"
            "|ist es erlaubt|ist es strafbar|ist es illegal|ist es zulassig|welche rechte"
            "|welches recht|welche pflicht|welche pflichten|welche regeln|welche regel"
            "|welche grundsatze|welcher grundsatz|welche verordnung|welche richtlinie"
            "|gegen welche|welcher delikte|welche delikte|wegen welcher|muss man"
            "|darf man|braucht man|habe ich ein recht|habe ich das recht|nach welchem artikel"
            "|auf welcher grundlage|gegen welches|welchem gesetz|welchem artikel|kann ich"
            "|auf welcher rechtsgrundlage|wegen welchen",
        },
        {
            K.HOW_MUCH: "preis|kosten|betrag|anzahl|budget|gehalt|summe|auftragswert|wert"
            "|umsatz",
            K.WHEN: "datum|frist|zeitplan",
            K.WHY: "grund|grunde|begrundung",
            K.LIST: "liste|namen|namensliste",
            K.LAW: "artikel|legal|illegal|zulassig|rechtmassig|strafbar",
        },
        "welche|welcher|welches|welchen|welchem|was fur",
        "ist|sind|hat|haben|wird|werden|wurde|wurden|war|waren|gibt es|gab es",
        "darf|durfen|kann|konnen|muss|mussen|soll|sollen|durfte|braucht|brauchen|gilt",
    ),
    "es": _asking(
        {
            K.HOW_MUCH: "cuanto|cuantos|cuantas|cuanta|que cantidad|que importe|que suma"
            "|a cuanto|de cuanto|que precio|que porcentaje|numero de|importe de"
            "|que multa|cual fue la multa|cual es el importe|a que precio|que cifra"
            "|cada cuanto|cual es el precio|que parte",
            K.STATUS: "en que punto esta|en que punto estan|en que quedo|en que ha quedado",
            K.WHERE: "donde|en que pais|en que paises|que paises|que pais|adonde"
            "|de donde|a que pais|a que paises|en que ciudad|que ciudad|que ciudades"
            "|en que ciudades|cuales paises",
            K.WHEN: "cuando|desde cuando|en que ano|que ano|que fecha|en que fecha"
            "|que dia|en que mes|que mes|hasta cuando|a partir de cuando|fecha de"
            "|de que fecha|en que dia|fecha del|para cuando",
            K.WHO: "quien|quienes|a quien|a quienes|de quien|por quien|con quien"
            "|contra quien|para quien|nombre del|nombre de la|como se llama"
            "|como se llaman|a que persona",
            K.WHY: "por que|porque|para que|por que razon|por que motivo|motivo de"
            "|razon de|motivos de|razones de|a que se debe|con que argumento|porque",
            K.DEFINITION: "que es|que son|que significa|que se entiende por|definicion de"
            "|que quiere decir|en que consiste",
            K.LIST: "lista de|lista completa|nombres de|cuales son|enumera|listado de"
            "|cuales",
            K.LAW: "que ley|que leyes|que articulo|que articulos|cual ley|que norma"
            "|que normas|base legal|base juridica|en virtud de que|es legal|es ilegal"
            "|esta prohibido|esta permitido|es delito|tengo derecho|tiene derecho"
            "|que derecho|que derechos|que principios|que principio|que delito"
            "|que delitos|que reglas|que obligacion|que obligaciones|se puede"
            "|que reglamento|que directiva|es obligatorio|hay que|con que base"
            "|esta prohibida|esta permitida|que disposicion|segun que ley|que defensas",
        },
        {
            K.HOW_MUCH: "precio|importe|coste|costo|numero|presupuesto|valor|sueldo|total"
            "|cuantia",
            K.WHEN: "fecha|plazo|calendario",
            K.WHY: "motivo|razon|motivos|razones",
            K.LIST: "lista|nombres|listado",
            K.LAW: "articulo|articulos|legal|ilegal|legalidad",
        },
        "que|cual|cuales",
        "es|esta|estan|ha|han|fue|son|hay|fueron|tiene|tienen|sigue|siguen|existe",
        "puede|pueden|puedo|debe|deben|debo|podria",
    ),
    "nl": _asking(
        {
            K.HOW_MUCH: "hoeveel|hoe hoog|hoe groot|hoe vaak|hoe lang|hoe duur|hoe oud"
            "|welk bedrag|welke prijs|aantal|wat kost|wat kostte|wat kosten|wat betaalt"
            "|wat betaalde|wat betalen|wat betaalden|welk percentage|welk deel"
            "|voor welk bedrag|voor hoeveel|wat heeft * betaald|wat heeft * gekost",
            K.STATUS: "hoe staat het met|hoe staat het er * voor|wat is de stand van|hoe ver is",
            K.WHERE: "waar|in welk land|in welke landen|welke landen|welk land"
            "|waarvandaan|waarheen|in welke stad|welke stad|welke steden|in welke steden",
            K.WHEN: "wanneer|sinds wanneer|in welk jaar|welk jaar|welke datum|tot wanneer"
            "|vanaf wanneer|op welke dag|welke dag|in welke maand|welke maand|datum van"
            "|per wanneer|op welke datum|van wanneer",
            K.WHO: "wie|wiens|van wie|door wie|aan wie|met wie|voor wie|tegen wie|naam van"
            "|hoe heet|hoe heten|bij wie",
            K.WHY: "waarom|om welke reden|om welke redenen|waarvoor|reden voor|reden van"
            "|hoezo|op welke grond|op welke gronden|redenen van|met welk argument",
            K.DEFINITION: "wat is|wat zijn|wat betekent|wat houdt * in|definitie van"
            "|wat wordt bedoeld|wat verstaat men|wat is precies|wat verstaan",
            K.LIST: "lijst van|lijst met|namen van|namenlijst|welke zijn|noem|opsomming",
            K.LAW: "welke wet|welke wetten|welk artikel|welke artikelen|welke regel"
            "|welke regels|rechtsgrond|wettelijke basis|wettelijke grondslag|is het legaal"
            "|is het verboden|is het toegestaan|is het strafbaar|is het illegaal"
            "|welke rechten|welk recht|op basis van welke wet|krachtens welke"
            "|welke beginselen|welk beginsel|welke plicht|welke verplichting|is het wettelijk"
            "|welke verordening|welke richtlijn|heb ik recht|is verplicht|verplicht"
            "|op grond van welk*|volgens welk artikel|volgens welke wet|welke rechtsgrond"
            "|welke overtreding|mag je|moet je|moet ik|mag ik|hoort",
        },
        {
            K.HOW_MUCH: "prijs|bedrag|kosten|budget|waarde|salaris|totaal|omzet",
            K.WHEN: "datum|termijn|tijdlijn",
            K.WHY: "reden|redenen|motief",
            K.LIST: "lijst|namen",
            K.LAW: "artikel|legaal|illegaal|wettelijk|strafbaar|rechtmatig",
        },
        "welke|welk|wat voor",
        "is|zijn|heeft|hebben|wordt|werd|werden|worden|was|waren|er is|er zijn",
        "mag|mogen|kan|kunnen|moet|moeten|mocht|mochten",
    ),
    "pt": _asking(
        {
            K.HOW_MUCH: "quanto|quantos|quantas|quanta|que valor|que quantia|que montante"
            "|qual o valor|qual e o valor|qual foi o valor|numero de|que preco"
            "|que percentagem|qual o preco|qual foi a multa|que multa|a que preco"
            "|qual a multa|valor da|valor do|qual o montante",
            K.STATUS: "em que pe esta|em que ponto esta|em que ponto estao|em que ficou",
            K.WHERE: "onde|em que pais|em que paises|que paises|que pais|aonde|de onde"
            "|quais paises|em quais paises|em que cidade|que cidade|que cidades"
            "|em que cidades|para que paises|a que paises",
            K.WHEN: "quando|desde quando|em que ano|que ano|que data|em que data"
            "|que dia|em que dia|em que mes|que mes|ate quando|a partir de quando"
            "|data da|data do|data de|de quando|em que altura|qual a data",
            K.WHO: "quem|de quem|a quem|por quem|com quem|para quem|contra quem|nome do"
            "|nome da|como se chama|como se chamam",
            K.WHY: "por que|porque|porque e que|por que razao|por que motivo|porque motivo"
            "|porque razao|para que|qual o motivo|qual a razao|motivo da|razao da"
            "|motivo do|a que se deve|com que fundamento",
            K.DEFINITION: "o que e|o que sao|o que significa|que e|definicao de"
            "|o que se entende por|o que quer dizer|em que consiste",
            K.LIST: "lista de|lista dos|lista das|nomes de|nomes dos|nomes das|quais sao"
            "|quais os|quais as|quais|enumera|lista completa",
            K.LAW: "que lei|que leis|que artigo|que artigos|qual lei|qual artigo|qual a lei"
            "|que norma|base legal|base juridica|ao abrigo de que|e legal|e ilegal"
            "|e proibido|e permitido|e crime|tenho direito|tem direito|que direito"
            "|que direitos|que principios|que principio|que crime|que crimes|que regras"
            "|e obrigatorio|pode se|que regulamento|que diretiva|por que lei|segundo que lei"
            "|em que lei|qual a base|e licito|que infracao|que obrigacao|que obrigacoes"
            "|com base em que|que disposicao|esta proibido",
        },
        {
            K.HOW_MUCH: "preco|valor|custo|numero|orcamento|montante|salario|total",
            K.WHEN: "data|prazo|calendario",
            K.WHY: "motivo|razao|motivos|razoes",
            K.LIST: "lista|nomes",
            K.LAW: "artigo|artigos|legal|ilegal|licito|legalidade",
        },
        "que|qual|quais",
        "e|esta|estao|foi|tem|sera|sao|foram|ha|tinha|continua",
        "pode|podem|posso|deve|devem|devo|poderia",
    ),
}
"""How each language asks; of phrases that begin together the longest decides."""
