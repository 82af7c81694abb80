"""The words that hold a sentence together, in each supported language.

Articles, prepositions with their contractions, pronouns, conjunctions, auxiliaries and
copulas in their common forms, question words, negation and words of politeness; what
an apostrophe cuts off a word (``l``, ``dell``, ``isn``) is among them. None of them
says what a text is about. Written with accents; ``analysis`` folds them.
"""

from collections.abc import Mapping

FUNCTION_WORDS: Mapping[str, str] = {
    "en": """
        a an the
        about above across after against along alongside amid among amongst around as at
        before behind below beneath beside besides between beyond by concerning despite
        down during except for from in inside into like near of off on onto out outside
        over per regarding since than through throughout till to toward towards under
        underneath until up upon via versus vs with within without
        i me my mine myself you your yours yourself yourselves he him his himself she her
        hers herself it its itself we us our ours ourselves they them their theirs
        themselves one ones oneself this that these those such same other others another
        any anyone anybody anything some someone somebody something no none nobody
        nothing every everyone everybody everything each either neither both all many
        much few fewer several more most less least enough own
        and or but nor so yet if because although though while whereas unless whether
        once then also too else instead however therefore thus hence moreover
        am is are was were be been being have has had having do does did doing done
        will would shall should can could may might must ought cannot
        get gets got let lets
        who whom whose which what when where why how whoever whatever whichever whenever
        wherever
        not never no ain aren couldn didn doesn don hadn hasn haven isn mightn mustn
        needn shan shouldn wasn weren won wouldn t s d ll m re ve
        there here very just only even quite rather again ever
        yes please kindly thanks thank thx sorry
        etc eg ie
    """,
    "fr": """
        le la les l un une des du de d au aux
        à afin après avant avec chez concernant contre dans depuis derrière dès devant
        durant en entre envers hors jusque jusqu lors malgré moyennant outre par parmi
        pendant pour sans sauf selon sous suivant sur vers via voici voilà
        je j me m moi tu te t toi il elle on nous vous ils elles se s soi lui leur leurs
        eux y en ce c cet cette ces ceci cela ça celui celle ceux celles ci mon ma mes ton
        ta tes son sa ses notre nos votre vos mien mienne tien tienne sien sienne nôtre
        vôtre même mêmes autre autres autrui aucun aucune nul nulle chaque chacun chacune
        certain certains certaine certaines quelque quelques quelqu quelconque plusieurs
        tout toute tous toutes tel telle tels telles rien personne on
        et ou mais ni car or donc que qu si comme lorsque lorsqu puisque puisqu quand
        quoique quoiqu parce tandis alors ainsi aussi cependant pourtant toutefois sinon
        puis ensuite
        suis es est sommes êtes sont étais était étions étiez étaient fus fut furent
        serai seras sera serons serez seront serais serait serions seriez seraient sois
        soit soyons soyez soient été étant être
        ai as a avons avez ont avais avait avions aviez avaient eus eut eurent aurai
        auras aura aurons aurez auront aurais aurait aurions auriez auraient aie aies ait
        ayons ayez aient eu ayant avoir
        fait faire font peut peuvent peux pouvez pouvoir pourrait pourraient doit doivent
        devoir devrait devraient va vont aller veut veulent vouloir
        qui quoi dont où quel quelle quels quelles lequel laquelle lesquels lesquelles
        auquel auxquels auxquelles duquel desquels desquelles combien comment pourquoi
        ne n pas plus jamais point guère non aucunement
        là ici très bien peu beaucoup trop moins assez encore déjà seulement
        oui merci svp stp plait plaît veuillez pardon
        etc
    """,
    "it": """
        il lo la i gli le l un uno una
        di a da in con su per tra fra del dello della dei degli delle dell al allo alla
        ai agli alle all dal dallo dalla dai dagli dalle dall nel nello nella nei negli
        nelle nell sul sullo sulla sui sugli sulle sull col coi coll d
        attraverso circa contro dentro dietro dopo durante entro eccetto fino fin fuori
        lungo mediante nonostante oltre presso prima salvo secondo sino sopra sotto verso
        tramite senza riguardo
        io me mi tu te ti egli lui lei ella esso essa noi ci c voi vi v essi esse loro si
        s se sé ne n ciò questo questa questi queste quest quello quella quelli quelle
        quei quegli quel quell codesto mio mia miei mie tuo tua tuoi tue suo sua suoi sue
        nostro nostra nostri nostre vostro vostra vostri vostre altro altra altri altre
        stesso stessa stessi stesse ogni ognuno ognuna alcuno alcuna alcuni alcune
        qualche qualcuno qualcosa qualsiasi qualunque ciascuno ciascuna nessuno nessuna
        nessun nulla niente tutto tutta tutti tutte tutt molto molta molti molte poco poca
        pochi poche tanto tanta tanti tante tale tali più meno
        e ed o od oppure ma però anzi che ché se perché poiché siccome benché sebbene
        affinché mentre come dunque quindi allora così anche neanche nemmeno neppure né
        inoltre invece infatti pure
        sono sei è siamo siete ero eri era eravamo eravate erano fui fu fummo furono sarò
        sarai sarà saremo sarete saranno sarei sarebbe sarebbero sia siano fosse fossero
        stato stata stati state essere essendo
        ho hai ha abbiamo avete hanno avevo aveva avevamo avevano avrò avrai avrà avremo
        avranno avrebbe avrebbero abbia abbiano avesse avessero avuto avuta avere avendo
        sto sta stanno stava stavano fa fanno fare può possono potere potrebbe potrebbero
        deve devono dovere dovrebbe dovrebbero vuole vogliono viene vengono venire
        chi cui quale quali qual quanto quanta quanti quante quando dove dov com cos cosa
        perché
        non no mai mica
        là lì qui qua già ancora solo soltanto molto assai
        sì grazie prego favore cortesia cortesemente gentilmente scusa scusi
        ecc etc
    """,
    "de": """
        der die das den dem des ein eine einen einem einer eines
        ab an auf aus außer außerhalb bei beim bezüglich bis bzgl dank durch entgegen
        entlang für gegen gegenüber gemäß hinter im in innerhalb ins laut mit mittels nach
        nahe neben ohne per pro samt seit statt trotz über um unter unterhalb vom von vor
        während wegen wider zu zufolge zum zur zwischen ans aufs vors übers unters
        hinsichtlich
        ich mich mir du dich dir er ihn ihm sie es wir uns ihr euch ihnen sich man mein
        meine meinen meinem meiner meines dein deine deinen deinem deiner deines sein
        seine seinen seinem seiner seines ihre ihren ihrem ihrer ihres unser unsere
        unseren unserem unserer unseres euer eure euren eurem eurer dieser diese dieses
        diesen diesem dies jener jene jenes jenen jenem jeder jede jedes jeden jedem
        derjenige diejenige dasjenige diejenigen derselbe dieselbe dasselbe dieselben
        selbst selber solch solche solcher solches solchen solchem mancher manche manches
        manchen einige einiger einigen einiges etwas etwa mehrere viel viele vielen vieler
        wenig wenige wenigen mehr weniger alle aller alles allen allem beide beiden ander
        andere anderer anderes anderen anderem jemand niemand nichts kein keine keinen
        keinem keiner keines irgend irgendein irgendeine irgendwer irgendwas einander
        deren dessen denen
        und oder aber sondern denn doch sowie sowohl weder noch entweder dass daß ob wenn
        falls weil da obwohl als wie indem damit sodass bevor nachdem sobald solange
        also auch dann daher deshalb deswegen darum dabei dadurch dafür dagegen daran
        darauf daraus darin darüber davon dazu jedoch außerdem zudem so
        bin bist ist sind seid war warst waren wart wäre wären sei seien gewesen
        habe hast hat haben habt hatte hatten hätte hätten gehabt
        werde wirst wird werden werdet wurde wurden würde würden worden geworden
        kann kannst können könnt konnte konnten könnte könnten darf dürfen durfte dürfte
        muss muß müssen musste mussten müsste soll sollen sollte sollten will wollen
        wollte wollten mag mögen möchte möchten lässt lassen tut tun
        wer wen wem wessen was welch welche welcher welches welchen welchem wann wo woher
        wohin warum weshalb wieso wozu womit wodurch worüber woran worauf wieviel
        nicht nie niemals nein
        hier dort sehr nur schon noch bereits eben gar ja mal wohl
        bitte danke dankeschön entschuldigung
        usw etc bzw
    """,
    "es": """
        el la los las lo un una unos unas al del
        a ante bajo cabe con contra de desde durante en entre excepto hacia hasta
        mediante para por pro salvo según sin so sobre tras vía versus acerca
        yo me mí conmigo tú te ti contigo vos usted ustedes él ella ello nosotros nosotras
        nos vosotros vosotras os ellos ellas se sí consigo le les mi mis tu tus su sus
        mío mía míos mías tuyo tuya tuyos tuyas suyo suya suyos suyas nuestro nuestra
        nuestros nuestras vuestro vuestra vuestros vuestras este esta esto estos estas ese
        esa eso esos esas aquel aquella aquello aquellos aquellas mismo misma mismos
        mismas otro otra otros otras alguno alguna algunos algunas algún alguien algo
        ninguno ninguna ningún nadie nada cada cualquier cualquiera todo toda todos todas
        mucho mucha muchos muchas poco poca pocos pocas varios varias tal tales tanto
        tanta tantos tantas ambos ambas más menos
        y e o u ni pero mas sino que si porque pues aunque como cuando mientras
        entonces así también tampoco además embargo
        soy eres es somos sois son era eras éramos eran fui fuiste fue fuimos fueron seré
        será seremos serán sería serían sea sean fuera fueran fuese sido siendo ser
        estoy estás está estamos están estaba estaban estuvo estuvieron estará estarán
        estaría esté estén estado estando estar
        he has ha hemos habéis han había habían hubo habrá habrán habría habrían haya
        hayan hubiera hubieran habido habiendo haber hay
        tiene tienen tener hace hacen hacer puede pueden poder podría podrían debe deben
        deber debería deberían va van ir quiere
        quién quiénes cuál cuáles qué cuánto cuánta cuántos cuántas cómo cuándo dónde
        adónde cuyo cuya cuyos cuyas quien quienes cual cuales donde
        no nunca jamás
        allí allá ahí aquí acá muy ya aún todavía sólo solo solamente
        gracias favor perdón disculpe
        etc
    """,
    "nl": """
        de het een der den des 't
        aan achter behalve beneden bij binnen boven buiten door gedurende in inzake langs
        met na naar naast nabij om omtrent onder ondanks op over per rond rondom sedert
        sinds te tegen tegenover ten ter tijdens tot tussen uit van vanaf vanuit vanwege
        via volgens voor voorbij wegens zonder betreffende
        ik mij me jij je jou u hij hem zij ze haar wij we ons jullie hen hun zich zichzelf
        mijn jouw uw zijn onze dit dat deze die zulk zulke zo'n ander andere anderen
        elk elke ieder iedere iedereen alle alles allen al beide enige enkele ettelijke
        iemand niemand iets niets men sommige sommigen verschillende veel vele weinig
        meer minder meest geen zelf zelfde dezelfde hetzelfde wat
        en of maar noch want dus doch dan als indien omdat doordat zodat hoewel ofschoon
        terwijl toen nadat voordat tenzij mits alsof zoals evenals zowel ook echter
        daarom daardoor daarmee daarvan daarin daarop daarbij daarna hierover hiervan
        hiermee toch bovendien
        ben bent is zijn was waren geweest wees wezen zij
        heb hebt heeft hebben had hadden gehad
        word wordt worden werd werden geworden
        zal zult zullen zou zouden kan kunt kunnen kon konden mag mogen mocht mochten
        moet moeten moest moesten wil wilt willen wilde wilden laat laten doet doen gaat
        gaan
        wie wiens welk welke waar waarom waarom wanneer hoe hoeveel waarin waarvan
        waarmee waardoor waarop waarover waarheen waarvandaan
        niet nooit nee neen
        er hier daar zeer heel erg nog steeds reeds ooit alleen slechts wel
        ja alstublieft alsjeblieft aub dank bedankt graag
        enz etc
    """,
    "pt": """
        o a os as um uma uns umas
        de da do das dos d em na no nas nos num numa nuns numas dum duma ao à aos às pelo
        pela pelos pelas deste desta destes destas desse dessa desses dessas disto disso
        daquele daquela daqueles daquelas neste nesta nestes nestas nesse nessa nesses
        nessas nisto nisso naquele naquela dele dela deles delas nele nela àquele àquela
        ante após até com conforme contra desde durante entre exceto mediante para per
        perante por salvo segundo sem sob sobre trás através via acerca
        eu me mim comigo tu te ti contigo você vocês ele ela eles elas nós nos conosco
        connosco vós vos se si consigo lhe lhes meu minha meus minhas teu tua teus tuas
        seu sua seus suas nosso nossa nossos nossas vosso vossa este esta isto estes estas
        esse essa isso esses essas aquele aquela aquilo aqueles aquelas mesmo mesma mesmos
        mesmas outro outra outros outras algum alguma alguns algumas alguém algo nenhum
        nenhuma ninguém nada cada qualquer quaisquer todo toda tudo todos todas muito
        muita muitos muitas pouco pouca poucos poucas vários várias tal tais tanto tanta
        tantos tantas ambos ambas mais menos
        e ou nem mas porém contudo todavia que se porque pois embora como quando enquanto
        então assim também além portanto logo
        sou és é somos são era eras éramos eram fui foi fomos foram serei será seremos
        serão seria seriam seja sejam fosse fossem sido sendo ser
        estou está estamos estão estava estavam esteve estiveram estará estarão esteja
        estejam estado estando estar
        hei há hão havia haviam houve haverá haja haver tenho tem têm temos tinha tinham
        teve tiveram terá terão teria tenha tenham tido tendo ter
        faz fazem fazer pode podem poder poderia poderiam deve devem dever deveria
        deveriam vai vão ir quer
        quem qual quais quê quanto quanta quantos quantas onde aonde cujo cuja cujos cujas
        porquê
        não nunca jamais
        lá ali aí aqui cá muito já ainda só somente apenas
        sim obrigado obrigada favor desculpe
        etc
    """,
}
"""By language, as running text."""
