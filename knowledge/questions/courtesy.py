"""What is said to the bot and asks nothing of the world: thanks, small talk, orders.

Phrases are folded and parted by bars; ``*`` stands for the end of a word or, alone, for a
few words. An order is known by how it begins: ``list`` and ``explain`` are none.
"""

from collections.abc import Sequence
from itertools import islice

from knowledge.analysis import tokens
from knowledge.questions.phrases import phrases

FEWEST_LETTERS = 2
"""Below this a text asks nothing."""

GREETINGS = frozenset(
    # en
    "hello hi hey hiya yo greetings morning afternoon evening night good day thanks"
    " thank thx ty lot cheers bye goodbye ok okay oke cool great nice welcome sorry please"
    " lol bot quis test testing ping folks guys everyone"
    " tout monde tutti todos todas allemaal iedereen zusammen leute alle"
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
    " hoi dag goedemorgen goedemiddag goedenavond dank bedankt dankjewel doei duidelijk top"
    # pt
    " ola oi bom boa dia tarde noite obrigado obrigada tchau valeu pessoal".split()
)
"""Words of which a greeting, thanks or a word to the bot consists."""

SALUTATIONS = frozenset(
    "hello hi hey hiya yo greetings morning afternoon evening good welcome"
    " bonjour bonsoir salut coucou bonne bon ciao buongiorno buonasera buonanotte salve"
    " hallo guten moin servus hola buenos buenas hoi goedemorgen goedemiddag goedenavond"
    " ola oi bom boa".split()
)
"""How a greeting begins."""

GREETED = frozenset(
    "a to an le la dear all et e y und you everybody team people friends there"
    " tous toutes chers cheres amis equipe tutte cari care amici ragazzi squadra"
    " allen allerseits liebe freunde amigos amigas equipo gente todo mundo".split()
)
"""Whom a greeting is for, and the small words before that. Alone they greet nobody."""

THANKS = phrases(
    "thanks|thank you|thx|ty|cheers|merci|grazie|danke|gracias|bedankt|dank je|dank u"
    "|dankjewel|dankuwel|obrigado|obrigada|valeu|vielen dank|muchas gracias|grazie mille"
)

LAUGHTER = phrases(
    "lol*|lmao|rofl|haha*|hehe*|hihi*|jaja*|jeje*|mdr|ptdr|kkk*|rsrs*|xd|ahah*|ahaha*|wow"
    "|omg|hah"
)

ORDERS = phrases(
    # en
    "ignore * instruction*|ignore all|ignore your|ignore previous|forget * instruction*"
    "|forget everything|forget all|disregard|write me|write a|write an|write some|write code"
    "|compose|translate|stop post*|stop send*|stop spam*|stop talking|shut up"
    "|be quiet|repeat after|repeat your|pretend|act as|roleplay|you are now|say that"
    "|say something|say hello|sing|tell me a joke|tell us a joke|tell a joke|tell me a story"
    "|post this|post a message|send a message|send me a message|print your|reveal your"
    "|show me your prompt|show your prompt|summarise this|summarize this|draw me|make me a"
    "|generate"
    # fr
    "|ignore tes|ignore toutes|ignore les instruction*|ignorez|oublie tes|oublie tout*"
    "|oublie les|ecris moi|ecris un*|ecrivez|redige*|compose|traduis|traduisez"
    "|arrete de|tais toi|repete|fais comme si|fais semblant|raconte moi une|chante"
    "|dessine|dis bonjour"
    # it
    "|ignora le|ignora tutte|ignora le tue|dimentica|scrivimi|scrivi|componi|traduci"
    "|smetti di|smettila|stai zitto|ripeti|fai finta|racconta*|canta"
    "|disegna"
    # de
    "|ignoriere|vergiss|schreib|schreibe|schreiben sie|dichte|ubersetze|ubersetz"
    "|hor auf|halt die klappe|sei still|wiederhole|tu so|erzahl* * witz"
    "|erzahl* * geschichte|sing|zeichne|generiere|sag hallo|spiel"
    # es
    "|ignora las|ignora tus|ignora todas|olvida|escribeme|escribe|escribir un|redacta"
    "|traduce|traduceme|deja de|callate|repite|finge|cuentame un|canta"
    "|dibuja"
    # nl
    "|negeer|vergeet|schrijf|vertaal|stop met|hou op|hou je mond|herhaal"
    "|doe alsof|vertel * grap|vertel * mop|zing|teken|genereer|zeg dat|zeg hallo"
    # pt
    "|ignora as|ignore as|ignore suas|esquece|esqueca|escreve|escreva|redija|redige|traduz"
    "|traduza|para de|pare de|cala te|cale se|repete|repita|finge|finja"
    "|conta me uma|conte me uma|canta|cante|desenha|desenhe"
)
"""How an order to the bot begins."""

CLEARING = phrases(
    "delete|erase|clear|restart|reboot|kick|mute|supprime*|efface*|cancella|elimina|losch"
    "|losche|loschen sie|borra|elimina|verwijder|wis|apaga|apague|elimine"
)
"""The same, where no vendor and no place is named."""

ABOUT_THE_BOT = phrases(
    "who are you|what are you|what can you do|what do you do|are you a|are you an|are you ai"
    "|are you human|are you real|are you there|how are you|who programmed you|who made you"
    "|who built you|who created you|who wrote you|who runs you|how do you work|your name"
    "|your instructions|your prompt|your system prompt|what model are you|which model are you"
    "|can you help|do you speak|where are you"
    "|qui es tu|qui etes vous|que peux tu faire|que sais tu faire|que pouvez vous|tu es qui"
    "|es tu un*|etes vous un*|comment vas tu|ca va|comment allez vous|qui t a|ton nom"
    "|tes instructions|comment fonctionnes tu|tu fais quoi|a quoi sers tu|tu peux faire quoi"
    "|chi sei|cosa sai fare|cosa puoi fare|che cosa sai fare|sei un bot|sei una|sei un"
    "|come stai|come va|chi ti ha|il tuo nome|le tue istruzioni|come funzioni|a cosa servi"
    "|wer bist du|was bist du|was kannst du|bist du ein*|wie geht es dir|wie gehts"
    "|wie geht s|wer hat dich|dein name|deine anweisungen|wie funktionierst du|wer sind sie"
    "|was konnen sie"
    "|quien eres|que eres|que puedes hacer|que sabes hacer|eres un|eres una|como estas"
    "|que tal|quien te|tu nombre|tus instrucciones|como funcionas|para que sirves"
    "|wie ben je|wie ben jij|wat kun je|wat kan je|wat ben je|ben je een|ben jij een"
    "|hoe gaat het|wie heeft jou|wie heeft je|je naam|jouw instructies|hoe werk je"
    "|quem es|quem e voce|o que podes fazer|o que voce pode|o que sabes fazer|es um|es uma"
    "|voce e um|tudo bem|quem te|o teu nome|o seu nome|como funcionas|como voce funciona"
    "|este bot|esse bot|this bot|ce bot|questo bot|dieser bot|deze bot"
)
"""Questions about the bot itself."""


def greets(words: Sequence[str]) -> bool:
    """Whether the folded words greet, and say whom: ``hello everybody``."""
    return bool(words) and (
        words[0] in SALUTATIONS and all(w in GREETINGS | GREETED for w in words)
    )


def past_greetings(words: Sequence[str]) -> int:
    """How many of the folded words come before the first that is no greeting."""
    return next((n for n, w in enumerate(words) if w not in GREETINGS), len(words))


def gives_thanks(text: str) -> bool:
    """Whether it begins with thanks, behind other courtesies: ``ok, thank you!``"""
    words = [token.folded for token in tokens(text)]
    return any(THANKS.standing(words, at) for at in range(past_greetings(words) + 1))


def is_courtesy(
    words: Sequence[str],
    *,
    content: Sequence[str],
    idle: frozenset[str],
    named: bool,
    subject: bool,
    marked: bool,
    asks: bool,
) -> bool:
    """Whether the folded words are for the bot alone.

    ``content`` are those that say something, ``idle`` those that never do. ``named``:
    something known is named; ``subject``: that is a vendor or a place. ``marked``: with
    a question mark. ``asks``: it holds a phrase of asking.
    """
    letters = (c for word in words for c in word if c.isalnum())
    if len(list(islice(letters, FEWEST_LETTERS))) < FEWEST_LETTERS:
        return True
    if not named and (greets(words) or all(word in idle | GREETINGS for word in words)):
        return True
    if not named and content and all(word in GREETINGS for word in content):
        return True
    start = past_greetings(words)
    opening = [
        listed.standing(words, at)
        for listed in (THANKS, LAUGHTER)
        for at in range(start + 1)
    ]
    if any(opening) and not marked and not asks:
        return True
    if not asks and ORDERS.standing(words, start):
        return True
    if not subject and CLEARING.standing(words, start):
        return True
    if ABOUT_THE_BOT.standing(words, start):
        return True
    return not named and ABOUT_THE_BOT.anywhere(words)
