"""Words around the names in a question, folded, of all supported languages together.

``*`` ends the beginning of a word.
"""

from knowledge.analysis import tokens


def _words(listed: str) -> frozenset[str]:
    return frozenset(token.folded for token in tokens(listed))


def _beginnings(listed: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens(listed))


TITLES = _words(
    "mr mrs ms miss dr prof professor judge justice minister president chancellor king"
    " queen prince princess senator mp mep general colonel commissioner secretary director"
    " ceo lord sir dame sheriff chief activist journalist reporter lawyer spokesperson"
    " juge ministre président présidente sénateur sénatrice députée député général"
    " commissaire directeur patron militant avocat avocate journaliste roi reine prince"
    " giudice ministro ministra presidente senatore senatrice deputato deputata onorevole"
    " avvocato avvocata giornalista attivista direttore commissario principessa"
    " richter richterin ministerin präsident präsidentin kanzler herr frau abgeordnete"
    " abgeordneter anwalt anwältin journalistin aktivist aktivistin könig königin prinzessin"
    " juez jueza ministro senador senadora diputado diputada abogado abogada periodista"
    " activista rey reina director directora exministro exministra princesa señor señora"
    " rechter premier kamerlid advocaat journaliste koning koningin directeur oud-minister"
    " juiz juíza deputado advogado ativista rei rainha jornalista diretor chef capo jefe"
    " baas boss patrão founder fondateur fondatore gründer fundador oprichter"
)
"""Before a person's name, and no part of it."""

INSTITUTIONS = _words(
    "court courts supreme constitutional commission comission parliament senate congress"
    " council assembly ministry department government state states republic province"
    " tribunal justice interior treasury city county police army navy act bill regulation"
    " directive convention charter constitution agency office authority bureau committee"
    " board university institute foundation association center centre union league"
    " union federation international national federal european scandinavian bavarian"
    " north south east west central digital media privacy data protection rights human"
    " cour cours commission parlement sénat conseil assemblée ministère gouvernement état"
    " états république tribunal justice intérieur trésor loi règlement directive convention"
    " charte constitution code agence autorité comité université institut fondation"
    " européenne européen nord sud est ouest défenseur droits préfecture mairie garde"
    " corte corti commissione parlamento senato consiglio camera assemblea ministero"
    " governo stato stati repubblica giustizia interno interni tesoro comune comuni legge"
    " regolamento direttiva convenzione carta costituzione agenzia autorità comitato"
    " università istituto fondazione europea europeo difesa procura questura regione pa"
    " fall sache urteil projekt affäre skandal bericht studie liste antrag gericht hof bundestag kommission parlament senat rat ministerium länder land bund"
    " tribunal supremo comisión parlamento congreso consejo cámara ministerio gobierno"
    " estado estados justicia interior hacienda ley reglamento directiva convenio carta"
    " constitución agencia autoridad comité universidad fundación europeo europea defensa"
    " fiscalía audiencia departamento comercio sur norte este oeste nacional guardia civil"
    " hof raad commissie parlement kamer ministerie regering staat justitie binnenlandse"
    " zaken defensie wet verordening richtlijn verdrag handvest grondwet autoriteit"
    " comité universiteit stichting europese openbaar ministerie gerecht gemeente"
    " comissão senado câmara ministério governo justiça interior lei regulamento diretiva"
    " convenção constituição autoridade universidade fundação europeu liberdade defesa"
    " german french english spanish italian portuguese dutch russian greek arabic"
    " anhang anlage annex annexe annexes anexo allegato bijlage nr vo lo grch organic orgánica"
    " grand chamber grande chambre sezione große kammer gran sala secção grote kamer"
    " confédération confederazione confederación confederação sages fundamental iphones"
    " conselho união unión unione unie derecho direito diritto droit recht"
    " europees européens européennes europei europee europäer europäern europeos europeas"
    " europeanen europeus europeias europeans"
    " supremo procuradoria assembleia regime ia ki ai ue eo ag jo pa ha"
    " america américa amerika amérique latin latina latine africa afrique afrika áfrica asia"
    " asie asien azië ásia middle oriente orient osten oosten europe"
    " polizei polizia policía politie polícia behörde behörden mps meps ngos ongs ngo ong"
    " internet web online iphone android ios sms gps id usb cve dna adn"
)
"""Capitalised by custom, with or without an article, and the name of nobody."""

CALENDAR = _words(
    "january february march april may june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday"
    " janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    " gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre dicembre"
    " januar februar märz juni juli oktober dezember enero febrero abril mayo junio julio"
    " septiembre octubre noviembre diciembre januari februari maart mei augustus janeiro"
    " fevereiro março maio junho julho setembro outubro novembro dezembro"
)

SOURCES = _words(
    "buzzfeed nyt times reuters wired guardian wapo techcrunch politico bbc cnn ap afp ansa"
    " dpa ard zdf spiegel zeit haaretz calcalist time forbes bloomberg monde figaro mediapart"
    " repubblica corriere irpimedia pais mundo nos nrc volkskrant publico expresso solomon"
    " edri noyb amnesty amnistía amnistia internazionale access epic eff google apple meta microsoft facebook twitter"
    " whatsapp youtube linkedin tiktok instagram vkontakte telegram signal amazon android"
    " intercept vice motherboard pega birn cve post washington new york citizen lab files"
    " project projet proyecto projeto papers twitter x chatgpt"
)
"""Papers, organisations and platforms that are spoken of and sell nothing of the kind."""

ACCORDING = _words(
    "according said says told selon dixit secondo laut zufolge según volgens segundo"
    " conforme versus vs v contre contro gegen contra tegen case affaire caso fall zaak"
    " processo sentenza sentencia sentença uitspraak arrêt urteil ruling dit dice sagt zegt"
    " disse zei ha répond respondió rispose antwoordde"
)
"""Before the name of a source or of a party to a case."""

COMPANY_WORDS = _words(
    "technologies technology tech labs lab security biometrics biometric forensics systems"
    " system solutions software intelligence analytics group gmbh ag bv nv ltd limited inc"
    " llc corp corporation spa srl sarl sas plc industries networks vision"
    " cyber robotics surveillance recognition"
)
"""Parts of a company's or a product's name."""

BEFORE_COMPANY = _words(
    "company firm vendor supplier startup spyware software tool app product trojan malware"
    " camera cameras drones entreprise société fournisseur logiciel outil produit caméras"
    " azienda società ditta impresa fornitore prodotto strumento telecamere"
    " firma unternehmen anbieter hersteller trojaner staatstrojaner kameras"
    " empresa compañía proveedor programa producto herramienta cámaras"
    " bedrijf leverancier spionagesoftware programma camera's companhia fornecedor produto"
    " ferramenta câmaras câmeras maker makers"
)
"""Right before the name of a company or of its product."""

DEALING = _beginnings(
    "use used uses using deploy sell sells sold selling buy buys bought license licence"
    " active operate operates own owns owner owned makes maker supply supplies customer pay pays paid"
    " customers client clients contract fine fined banned"
    " utilis vend vendu vendent achet emploi actif active déploy fournit fourni possèd"
    " propriétaire fabri contrat amende avis appartient paye payer payé payent condamnée"
    " usa usato usata usati usate usano usi utilizz vende venduto vendono compra comprato attiv forni possied"
    " proprietar produce produttor contratto multa multata impieg pagato paga pagano"
    " nutzt nutzen nutzte kauft kaufte kaufen benutz verwend einsetz eingesetzt setzt verkauf kauf liefer gehör eigentümer"
    " besitz hersteller aktiv vertrag kunde kunden strafe bestraft zahlt zahlte zahlen bezahlt"
    " uso usan usando usó utiliza vende vendió compra compró activa activo dueño propietari"
    " provee fabrica contrato multa clientes paga pagó pagan"
    " gebruik ingezet inzet verkoop verkocht koopt kocht lever eigenaar actief contract"
    " boete beboet klant betaalt betaalde betalen betaald"
    " usada usado usam vendeu comprou ativa ativo dono dona fornece proprietári clientes"
    " multada pagou paga pagam"
)
"""How the words begin by which a product is used, sold, owned or fined."""

BEFORE_PLACE = _words(
    "in inside within en au aux dans nel nello nella nei negli nelle im in em no na nos nas"
)
"""Right before the name of a place."""

SHORTEST_BEGINNING = 5
"""Letters; a shorter word of dealing is that word alone."""


_LONG_BEGINNINGS = tuple(w for w in DEALING if len(w) >= SHORTEST_BEGINNING)


def is_dealing(folded: str) -> bool:
    """Whether a word says that something is used, sold, owned or fined."""
    return folded in DEALING or folded.startswith(_LONG_BEGINNINGS)


OWNED_BY = (
    ("a", "qui"),
    ("di", "chi"),
    ("de", "quien"),
    ("van", "wie"),
    ("de", "quem"),
)
"""How some languages ask for an owner without naming the owning."""
