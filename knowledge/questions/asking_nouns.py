"""The nouns that ``which`` is asked of: one who acts, or many, by language. Folded."""

from collections.abc import Mapping

PEOPLE: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "judge court minister ministry police agency company firm vendor authority"
        " group ngo organisation organization newspaper paper outlet journalist reporter"
        " politician mp mep senator officer official spokesperson spokesman bank fund"
        " unit force department lawyer activist person man woman government regulator"
        " watchdog tribunal commissioner researcher lab investor founder ceo software"
        " tool product system app spyware city town state university distributor"
        " reseller institution customer party body service team general prosecutor hacker"
        " supplier maker president member contractor ag",
        "fr": "juge cour tribunal ministre ministere police agence entreprise societe"
        " autorite groupe ong organisation journal journaliste depute deputee senateur"
        " senatrice eurodeputee eurodepute fonds banque service departement avocat avocate"
        " militant gouvernement regulateur commissaire laboratoire fondateur logiciel outil"
        " produit systeme ville universite institution client parti procureur chercheur"
        " organe unite patron fournisseur boite association media president chef membre",
        "it": "giudice corte tribunale ministro ministero polizia agenzia azienda societa"
        " autorita gruppo ong organizzazione giornale giornalista deputato deputata"
        " senatore eurodeputato eurodeputata fondo banca reparto dipartimento avvocato"
        " attivista governo garante laboratorio fondatore software strumento prodotto"
        " sistema citta universita istituzione cliente partito procura ricercatore questura"
        " studio testata ditta impresa fornitore capo funzionario membro presidente",
        "de": "richter richterin gericht minister ministerin ministerium polizei behorde"
        " firma unternehmen gruppe ngo organisation zeitung journalist journalistin"
        " abgeordnete abgeordneter senator fonds bank abteilung anwalt anwaltin aktivist"
        " aktivistin regierung aufsichtsbehorde labor grunder software produkt system"
        " stadt universitat partei staatsanwaltschaft forscher kantonspolizei hersteller"
        " anbieter beamte beamter medium kunde stelle einheit us-behorde datenschutzbehorde"
        " politiker politikerin prasident chef mitglied person mann frau amt dienst",
        "es": "juez jueza tribunal juzgado ministro ministra ministerio policia agencia"
        " empresa compania autoridad grupo ong organizacion periodico periodista diputado"
        " diputada senador senadora eurodiputado eurodiputada fondo banco departamento"
        " abogado abogada activista gobierno regulador laboratorio fundador software"
        " producto sistema herramienta ciudad universidad institucion cliente partido"
        " fiscalia investigador unidad proveedor colegio medio jefe presidente persona",
        "nl": "rechter rechtbank minister ministerie politie dienst bedrijf autoriteit"
        " groep ngo organisatie krant journalist kamerlid senator fonds bank afdeling"
        " advocaat activist regering toezichthouder lab oprichter software product systeem"
        " stad universiteit partij onderzoeker instantie leverancier generaal onderdeel"
        " officier medium klant eenheid europarlementarier lid persoon man vrouw maker"
        " spionagebedrijf politicus president baas gemeente",
        "pt": "juiz juiza tribunal ministro ministra ministerio policia agencia empresa"
        " autoridade grupo ong organizacao jornal jornalista deputado deputada senador"
        " eurodeputado eurodeputada fundo banco departamento advogado advogada ativista"
        " governo regulador laboratorio fundador software produto sistema ferramenta cidade"
        " universidade instituicao cliente partido investigador unidade fornecedor chefe"
        " presidente pessoa escritorio servico",
    }.items()
}
"""Who or what acts, one of it: ``which`` before it asks who."""

_MANY: Mapping[str, str] = {
    "en": "companies agencies countries authorities bodies cities parties ministries"
    " people men women universities police forces staff media",
    "fr": "journaux",
    "it": "giudici corti tribunali ministri ministeri agenzie aziende autorita gruppi"
    " organizzazioni giornali giornalisti deputati senatori fondi banche avvocati attivisti"
    " governi garanti prodotti sistemi strumenti clienti partiti ricercatori procure ditte"
    " imprese fornitori funzionari membri ospedali persone dati scopi principi diritti"
    " telefoni accuse sanzioni",
    "de": "gerichte behorden firmen unternehmen gruppen organisationen zeitungen"
    " journalisten abgeordneten banken anwalte aktivisten regierungen produkte systeme"
    " stadte parteien forscher hersteller anbieter beamten kunden stellen politiker"
    " mitglieder personen dienste staaten lander daten landesbehorden konzerne hacker"
    " niederlassungen verfahren telefone",
    "nl": "rechters rechtbanken ministeries diensten bedrijven autoriteiten groepen ngo's"
    " organisaties kranten journalisten kamerleden fondsen banken afdelingen advocaten"
    " activisten regeringen toezichthouders producten systemen steden partijen onderzoekers"
    " instanties leveranciers klanten mensen leden personen provincies gegevens agentschappen",
    "es": "",
    "pt": "tribunais",
}

PLURALS: Mapping[str, frozenset[str]] = {
    language: frozenset(
        f"{_MANY[language]} "
        f"{' '.join(f'{w}s {w}es' for w in PEOPLE[language]) if language in ('en', 'fr', 'es', 'pt') else ''}".split()
    )
    - ({"police", "software", "spyware"} if language == "en" else set())
    for language in PEOPLE
}
"""Many of them: ``which`` before it asks for a list."""
