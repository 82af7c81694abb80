"""The words that stand around a question, in every supported language, folded."""

from collections.abc import Mapping

from knowledge.questions.phrases import Phrases, phrases

HAILS = frozenset(
    "hello hi hey hiya bonjour bonsoir salut coucou ciao buongiorno buonasera salve hallo"
    " moin servus hola hoi goedemorgen goedemiddag goedenavond ola".split()
)
"""They greet even where nothing parts them from what is asked."""

ALL_OF_YOU = phrases(
    "all|everyone|everybody|there|team|folks|guys|quis|bot|dear all|a tous|a toutes|tutti"
    "|a tutti|zusammen|leute|a todos|todos|a todas|todas|allemaal|iedereen|pessoal"
)

FRAMES = phrases(
    # en
    "please|pls|please tell me|tell me|please tell us|tell us|can you tell me|could you tell me"
    "|can you please tell me|could you please tell me|can someone tell me"
    "|can anyone tell me|can anybody tell me|would you tell me|do you know"
    "|do you happen to know|does anyone know|does anybody know|does someone know"
    "|anyone know|i would like to know|i d like to know|id like to know|i want to know"
    "|i wanted to know|i need to know|i wonder|i was wondering|i am wondering|i m wondering"
    "|just wondering|wondering"
    "|i have a question|i ve got a question|my question is"
    "|any idea|any clue|a colleague asked me|a colleague asks|my editor asks"
    "|my editor wants to know|a reader asks|a reader wants to know|someone asked me"
    "|excuse me|out of curiosity|ok|okay|so|btw|by the way"
    "|remind me|remind us"
    "|i need help|need help|afaik|as far as you know|to your knowledge"
    "|according to your documents|according to your sources|according to your data*"
    "|according to your knowledge base|according to you"
    # fr
    "|dis moi|dites moi|peux tu me dire|pouvez vous me dire|pourriez vous me dire"
    "|pourrais tu me dire|tu peux me dire|vous pouvez me dire|sais tu|savez vous|tu sais"
    "|vous savez|est ce que quelqu un sait|quelqu un sait|je voudrais savoir"
    "|j aimerais savoir|je veux savoir|je me demande|je me demandais|j ai une question"
    "|svp|stp|s il te plait|s il vous plait"
    "|un collegue me demande|une collegue me demande|excusez moi|desole|alors"
    "|au fait|rappelle moi|rappelez moi"
    "|a ta connaissance|a votre connaissance|selon vos documents|selon tes documents"
    "|d apres vos documents|d apres tes documents|selon vos sources|j ai besoin d aide"
    # it
    "|dimmi|mi dica|puoi dirmi|potresti dirmi|mi puoi dire|mi sai dire|mi sapete dire"
    "|mi potete dire|sai dirmi"
    "|sapete dirmi|puo dirmi|potete dirmi|potrebbe dirmi|sai|sapete|qualcuno sa"
    "|vorrei sapere|voglio sapere|volevo sapere|mi chiedo|mi chiedevo|ho una domanda"
    "|per favore|per piacere|scusa|scusate|scusi"
    "|mi scusi|un collega mi chiede|una collega mi chiede|allora|a proposito|ricordami"
    "|per quanto ne sai|per quanto ne sapete|secondo i vostri documenti"
    "|secondo i tuoi documenti"
    # de
    "|sag mir|sag mir bitte|bitte sag mir|sagen sie mir|bitte sagen sie mir"
    "|kannst du mir sagen|konnen sie mir sagen|konntest du mir sagen|konnten sie mir sagen"
    "|kannst du mir bitte sagen|konnen sie mir bitte sagen|weisst du|wissen sie"
    "|weiss jemand|ich wurde gern* wissen|ich mochte wissen|ich will wissen"
    "|ich wollte wissen|ich frage mich|ich habe eine frage"
    "|mich wurde interessieren|mich interessiert|bitte|entschuldigung"
    "|eine kollegin fragt|ein kollege fragt|ein leser fragt|konnt ihr mir sagen"
    "|konnt ihr mir bitte sagen"
    "|eine leserin fragt|ubrigens|soweit du weisst"
    "|soweit ihr wisst|soweit sie wissen"
    "|laut deinen dokumenten|laut euren dokumenten|laut ihren dokumenten"
    # es
    "|dime|digame|puedes decirme|podrias decirme|me puedes decir|me podrias decir"
    "|puede decirme|podria decirme|pueden decirme|me pueden decir|podeis decirme"
    "|me podeis decir|sabes|sabe usted|saben|alguien sabe"
    "|sabe alguien|quisiera saber|quiero saber|queria saber|me gustaria saber"
    "|me pregunto|me preguntaba|tengo una pregunta"
    "|por favor|perdon|disculpa|disculpe|un colega me pregunta|una colega me pregunta"
    "|pues|por cierto|recuerdame|que tu sepas|que sepais"
    "|segun tus documentos|segun sus documentos|segun vuestros documentos"
    # nl
    "|zeg me|zeg mij|vertel me|vertel mij|kun je me vertellen|kunt u mij vertellen"
    "|kan je me vertellen|kun je mij vertellen|kunt u me vertellen|kun je me zeggen"
    "|kunnen jullie me vertellen|kunnen jullie mij vertellen"
    "|weet je|weet jij|weet u|weten jullie|weet iemand|ik zou graag weten|ik wil weten"
    "|ik wil graag weten|ik wilde weten|ik vraag me af|ik vroeg me af|ik heb een vraag"
    "|alsjeblieft|alstublieft"
    "|een collega vraagt|oke|trouwens|voor zover je weet|voor zover jullie weten"
    "|volgens jullie documenten|volgens je documenten"
    # pt
    "|diz me|diga me|me diga|me diz|podes dizer me|pode dizer me|pode me dizer"
    "|poderia me dizer|podia dizer me|voce pode me dizer|podem me dizer|podem dizer me"
    "|sabe|voce sabe|alguem sabe"
    "|gostaria de saber|quero saber|eu queria saber|eu gostaria de saber|pergunto me"
    "|tenho uma pergunta|desculpa|desculpe"
    "|um colega pergunta|uma colega pergunta|entao|ja agora|que saibas|que voce saiba"
    "|segundo os teus documentos|segundo os seus documentos"
)
"""How a question is led in. What it leads to must still ask something by itself."""

CALLS = phrases(
    "question|a question|one question|another question|quick question|short question"
    "|une question|petite question|domanda|una domanda|domanda veloce|frage|eine frage"
    "|kurze frage|eine kurze frage|mal eine frage|nur eine frage|ganz kurze frage"
    "|pregunta|una pregunta|pregunta rapida|vraag|een vraag|vraagje|korte vraag"
    "|snelle vraag|pergunta|uma pergunta|uma duvida|help|listen|ecoute|ecoutez|ascolta"
    "|oye|luister|hor mal|curious|just curious|sorry|pardon"
)
"""The same, where a sign parts it from what is asked: there are parliamentary questions."""

AFTER_TELLING = frozenset(
    "about more everything anything something uber mehr etwas alles over meer iets sobre"
    " mais mas algo todo tudo di de su qualcosa tutto quelque tout".split()
)
"""After ``tell me``: then the whole is what is asked."""

CLOSINGS = phrases(
    "thanks|thank you|thanks a lot|thanks a bunch|thank you very much|thank you so much"
    "|many thanks|thanks in advance|thank you in advance|thx|ty|cheers|please|pls|plz"
    "|anyone know|anyone knows|does anyone know|do you know|any idea|i wonder"
    "|as far as you know|to your knowledge|afaik|a ta connaissance"
    "|a votre connaissance|per quanto ne sai|soweit du weisst|soweit ihr wisst|que tu sepas"
    "|voor zover je weet|que saibas|que voce saiba"
    "|merci|merci beaucoup|merci d avance|merci bien|svp|stp|s il te plait|s il vous plait"
    "|grazie|grazie mille|mille grazie|tante grazie|grazie in anticipo|per favore"
    "|per piacere|danke|danke schon|danke sehr|vielen dank|danke im voraus"
    "|vielen dank im voraus|besten dank|bitte|gracias|muchas gracias"
    "|gracias de antemano|muchas gracias de antemano|por favor|bedankt|alvast bedankt"
    "|dank je|dank je wel|dankjewel|dank u|dank u wel|alvast dank|alsjeblieft|alstublieft"
    "|obrigado|obrigada|muito obrigado|muito obrigada|desde ja obrigado"
    "|desde ja obrigada|valeu"
)
"""How it ends."""

PRESENT: Mapping[str, Phrases] = {
    "en": phrases(
        "now|right now|just now|today|as of today|as of now|currently|presently|nowadays"
        "|these days|at the moment|at present|to date|so far|up to now"
    ),
    "fr": phrases(
        "maintenant|aujourd hui|actuellement|a present|jusqu a present|en ce moment"
        "|a l heure actuelle|de nos jours|a ce jour|jusqu ici"
    ),
    "it": phrases(
        "ora|adesso|oggi|ad oggi|a oggi|attualmente|al momento|in questo momento"
        "|oggigiorno|finora|fino ad ora|fino a oggi"
    ),
    "de": phrases(
        "jetzt|heute|stand heute|bis heute|aktuell|derzeit|momentan|gegenwartig|zurzeit"
        "|zur zeit|im moment|bisher|bislang|heutzutage"
    ),
    "es": phrases(
        "ahora|hasta ahora|ahora mismo|hoy|hasta hoy|actualmente|en este momento"
        "|hoy en dia|a dia de hoy|hasta la fecha"
    ),
    "nl": phrases("nu|tot nu toe|vandaag|momenteel|tegenwoordig|op dit moment"),
    "pt": phrases(
        "agora|ate agora|hoje|ate hoje|atualmente|actualmente|presentemente"
        "|neste momento|hoje em dia|ate a data"
    ),
}
"""Within it. ``Still`` and ``yet`` are none: they ask whether something goes on. Nor are
``current`` and ``latest``, which tell one of several, nor ``exactly``, by which a detail
is asked for that few passages hold."""
