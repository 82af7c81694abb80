"""Words that questions here are often made of and that tell a language.

The second part of each list was counted from the starter set's own questions: words that
stand in those of one language only. The third are words typed in haste. They carry
meaning, so that they only help to guess the language, and are otherwise read as any word.
"""

from collections.abc import Mapping

TELLING_WORDS: Mapping[str, str] = {
    "en": """
        active used using uses use police law laws fined banned company government
        court face facial recognition surveillance spyware country countries sold
        buy contract news legal allowed ban still operating italy greece germany
        france spain netherlands belgium europe united kingdom states
        list client clients fines price prices sanctions

        accept according activists admit agencies algorithmic algorithms allow
        analysis announce answer applied apply ask assessment attacked authorisation
        authorities automated based bodies bought break business case check collect
        commercial committee companies complaint consent convicted cover customer
        customers delete end evidence faces file filed find fingerprints firm
        foreign found give given governments hacked happened help identify infected
        inquiry investigated investigation issued journalists judge judges judgment
        keep kind know known last lawsuit leaked leave linked links long made make
        map mean members money name need needed newspaper notice number office paid
        pay penalty people period permission politicians processing prosecutors
        publish published put records regulator rely reported representative require
        required respond revealed right risk rule ruled rules ruling run said sales
        sanctioned say search searched searches sell sensitive settlement show sign
        spy spying staff suspected take target targets technology tell track trial
        tried unlawful users victims watchdog work worth year years

        plz doesnt didnt isnt wasnt gonna ppl abt
    """,
    "fr": """
        actif active actifs utilise utilisent utilisé utilisée utilisation police
        loi lois amende interdit interdite société entreprise gouvernement tribunal
        visage faciale reconnaissance surveillance logiciel espion pays vendu
        contrat droit italie grèce allemagne france espagne belgique suisse europe
        états royaume unis uni autorisé légal toujours
        liste client clients amendes prix condamnation condamnations sanctions acheteurs
        fournisseur fondé fondée fondateur possède

        accord accès achat acheté affaire allemande américain américaine américaines
        annexe annoncé année appareils appel applique appliquent approuvé arrêt
        attaque automatisée autorisation autorité autorités autrichien autrichienne
        avis belge biométrique biométriques carte cas cessé cibles commerciaux
        condamné confirmé consentement contrats couvre demande demeure dirigeants
        donne données droits durée décret délai enquête entreprises espagnole
        espions essai européen européenne exportation faut feu figurent français
        galloise grecque haut infecté informer interdiction israélienne italienne
        journalistes juge jugement liberté lien lieu lignes logiciels mandat marché
        matériel militants ministère mise montant moratoire médias noire
        néerlandaise obtenu ordonnance ordre organismes outils paragraphe parlé
        parquet partie passe permet personnelles personnes piratage plainte
        policière policières porté pouvait privée profilage prononcé publique publié
        recherches reconnu recours rendu renseignement reçu risque règlement règles
        réagi réel répondu révélé sait sanctionné septembre servi seule signé statué
        suivi suivre sujet suédoise temps traitement traiter trouve téléphones usage
        utilisateurs utiliser vendre victimes vidéosurveillance vigueur visages visé
        visés

        koi pkoi kel kels kelle tjrs jms mtn bcp cmt avc quil
    """,
    "it": """
        attivo attiva attivi usa usato usata usano utilizza utilizzano utilizzato
        polizia legge leggi multa multata vietato vietata società azienda governo
        tribunale volto facciale riconoscimento sorveglianza spia paese paesi
        venduto contratto diritto garante italia grecia germania francia spagna
        belgio svizzera europa stati uniti regno unito bassi legale
        lista cliente multe prezzo prezzi condanna condanne fornitore

        accesso accordo acquistato acquisto americani ammesso analisi anni anno
        annunciato apparecchi appello applica applicano archivio articoli articolo
        attivisti automatizzata automatizzate autorità autorizzazione aziende
        bersagli biometrici britannico chiesto clienti colpito comprato
        comunicazioni condannato condizioni confermato consenso conservare
        costituzionale dati davanti decisione decisioni deciso detto dichiarazione
        direttiva diritti divieto documenti doveva droni eccezioni elenco enti fatto
        forze francese giornale giornalista giornalisti giudice giudici governi
        greca greco guida identificazione immagini impatto inchiesta indagato
        indagine intercettazione interrogazione israeliana linee mappa membri
        ministero mira nazionale nera norme olandese ordine pagato paragrafo parere
        parlato personali persone posizione poteva presentato presi prevede procura
        profilazione pronunciato protezione provato pubblicato pubblici raccogliere
        rapporto reagito reati reato reclamo regolamento regole respinto ricerche
        richiede richiesta ricorso rischio risposto rivelato sanzionato sanzione
        sanzioni scritto sensibili sentenza servizi settembre sicurezza sistemi
        spagnola spiato strumenti suprema svedese tedesca telecamere telefoni
        trattamento trattare ungherese usare utenti valeva valutazione vendere
        videosorveglianza vieta vigore violato vittime volti

        xke xche perke qnd qnto cmq anke qndi
    """,
    "de": """
        aktiv benutzt genutzt nutzt nutzen verwendet verwenden einsatz eingesetzt
        setzt polizei gesetz gesetze bußgeld strafe verboten firma unternehmen
        regierung gericht gesicht gesichtserkennung überwachung spionagesoftware
        land länder verkauft vertrag recht italien griechenland deutschland
        frankreich spanien niederlande belgien österreich schweiz europa vereinigte
        staaten königreich erlaubt legal
        liste bußgelder strafen preis preise urteile

        absatz aktivisten angaben angegriffen anordnung ausnahmen behörde behörden
        bekam bekannt berichtete berufung beschwerde bilder biometrischer braucht
        britische daten datenanalyse datenbank datenschutz datenschutzbehörde
        datenverarbeitung deckte deutsche droht dsgvo echtzeit egmr einsetzen
        einwilligung entscheidung entscheidungen entschied entschieden erfasst
        erging erklärung ermittlungen eugh europäische europäischen fand fiel firmen
        folgenabschätzung französische französischen gab geht gehört gekauft gelten
        genehmigt genehmigung geräte gesetzes gibt gilt griechische griechischen
        großbritannien grundrechtecharta handy handys hoch hochrisiko
        identifizierung infiziert italienische italienischen jahr jahren kam kameras
        kanada kanadische karte kauf klage kommission kraft kunde kunden leitlinien
        ländern löschen machte medien menschen ministerium nennt niederlanden
        niederländische nutzer nutzung opfer prozess reagierte rechtswidrig regeln
        richter richtlinie russland sagt sagte sanktionen schweden schwedische
        serbien setzte sicherheit sitzt spanische spähsoftware staatsanwaltschaft
        stammen standortdaten steckt stehen steht straftaten suchen syrien technik
        ungarische untersuchung urteil urteilte verarbeiten verbietet verbot
        verfahren vergleich verklagt verkäufe verlangt verordnung verurteilt
        veröffentlicht veröffentlichte weiter wofür zeitraum zeitung ziel zugang
        zurück zusammen überwachungstechnik

        nich nix obs gibts wars hats vllt evtl grad
    """,
    "es": """
        activo activa usa usado usada usan utiliza utilizan utilizado policía ley
        leyes multa multada prohibido prohibida empresa gobierno tribunal rostro
        facial reconocimiento vigilancia espía país países vendido contrato derecho
        italia grecia alemania francia españa bélgica suiza europa estados unidos
        reino unido legal
        lista cliente clientes multas precio precios condena condenas proveedor

        acceso activistas acuerdo acusaciones afectados alemana alemán anunció
        análisis aplican aprobó artículo artículos asunto atacó autoridad
        autorización borrar búsquedas canadiense caras catalanes colectivo compró
        comunicaciones concluyó condiciones confirmó consentimiento consideró
        cortafuegos decidió decisiones declaración declaró dejó delito delitos
        demanda demandó después destapó diciembre dictamen dictó dijo dinero dio
        directivos directo ejército empleados equipos espionaje estadounidense
        estadounidenses evaluación excepciones exportación falló fecha fiscalías
        gobiernos griega griego hackeo herramientas hizo identificación imágenes
        indemnización infectado información informó interceptación interés
        investigación juez jueza juicio lugar masiva medio miembros móvil móviles
        necesita normas objetivo objetivos ordenó organizaciones pasó perfiles
        periodista periodistas periódico permiso personales personas pidió plazo
        policiales pregunta presentó probó productos prohibición prohíbe pronunció
        prueba pruebas puedo puntuación puso rechazó reclamación recoger registros
        relación resolvió respondió reveló riesgo rige rostros sanciones sancionó
        sanción sentencia septiembre sigue solicitud suspendió teléfonos tenía
        trabajo tratamiento tribunales tuvo ubicación usaron usuarios veces
        vendiendo vendió venta ventas vigilar víctimas

        xq tmb aki cdo dnd
    """,
    "nl": """
        actief gebruikt gebruiken gebruik ingezet inzet politie wet wetten boete
        beboet verboden bedrijf overheid regering rechtbank gezicht
        gezichtsherkenning toezicht bewaking spionagesoftware land landen verkocht
        contract recht italië griekenland duitsland frankrijk spanje nederland
        belgië zwitserland europa verenigde staten koninkrijk toegestaan
        prijs prijzen veroordeling leverancier

        aanvallen achteraf activisten advies artikelen bedrijven beelden bekend
        belang berichtte beroep besliste besluit besmet bespioneerd bestuurders
        betekent bevel bewaren boetes commerciële databank deed diensten doelwit
        doelwitten gaf geautomatiseerd geautomatiseerde gebeurde gebruikers
        gebruikte gebruikten geeft gegevens gekocht gekregen gelden geldt gevestigd
        gevoelige gezichten grond hoelang hoog hoogrisico identificatie jaar kaart
        klacht klant klanten kocht komen kracht krant kreeg krijgen kwam kwamen lang
        leger leverde lid lijst maakte maken meldde mensen ministerie nam nieuwe
        nodig noemt onderzocht onderzoek onrechtmatig onthulde onwettig oordeelde
        openbaar organisaties overheden plaats politierichtlijn
        privacytoezichthouder privacywet proef profilering publiceerde reageerde
        rechter rechtszaak regels richtsnoeren samen sancties schikking slachtoffers
        staan stond stonden stoppen stopte strafbaar systeem telefoon telefoons toe
        toegang toestemming tribunaal uitleg uitspraak uitzonderingen vallen valt
        vandaan vast verbiedt verbod verklaring verkoop verkopen verlengd
        veroordeeld verwerken verwerkt verzamelen volgen vond vonden vonnis
        voorwaarden vragen vroeg vroegen waard waarvoor werkt werkte weten zaak
        zeggen zegt zei zette zit zoekopdrachten zwarte

        wnr wrm vd vh mbt
    """,
    "pt": """
        ativo ativa usa usado usada usam utiliza utilizam utilizado polícia lei leis
        multa multada proibido proibida empresa governo tribunal rosto facial
        reconhecimento vigilância espião país países vendido contrato direito itália
        brasil portugal grécia alemanha frança espanha bélgica suíça europa estados
        unidos reino unido legal
        lista cliente clientes multas preço preços condenação fornecedor

        abrange abrigo acesso aconteceu acusações acórdão admitiu alemã alemão alvo
        alvos americanos anunciou análise apagar aplicam apresentou aprovou artigo
        artigos ativistas autorização avaliação ação catalães coima coletivo comprou
        comunicações concluiu condições confirmou consentimento constam controlo
        decidiu decisão decisões declaração definição depois deu dezembro diferido
        direto disse diz elevado equipamento espanhola exceções expansão explicação
        exportação ferramentas fez fica fim fontes fora forças ganhou governos grega
        grego identificação imagens imigração indemnização infetado infetados
        informações inquérito interceção investigação investigou israelita jornal
        jornalista jornalistas juiz juíza leitura ligação localização mandado mandou
        meio noticiou obteve ordenou organizações orientações pagou parecer pediu
        perfis pergunta pesquisas pessoa pessoais pessoas policiais pontuação prazo
        precisa preciso processou produtos proibição pronunciou proíbe publicou
        queixa reagiu recebeu recolha recolher recorreu registos regras rejeitou
        relatório respondeu revelou risco rostos saiu sancionou sanção sanções
        sensíveis sentença serviços setembro suspeitos suspensão telemóveis
        telemóvel tratamento usaram usou utilizadores vendas vendeu versão vezes
        vigiar violou vítimas

        vc vcs tbm oq qdo qto hj pra tds msm
    """,
}
"""By language, as running text."""
