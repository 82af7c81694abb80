"""Greetings to everybody who is there, as people open a message in a channel."""

TO_EVERYBODY = (
    "hello everybody",
    "hi all",
    "Good morning everybody!",
    "hey there",
    "bonjour à tous",
    "Salut à toutes et tous",
    "ciao a tutti",
    "Buongiorno a tutte",
    "hallo zusammen",
    "Guten Morgen allerseits",
    "hola a todos",
    "¡Buenos días a todas!",
)
