"""The names in a question that nobody knows.

A name is told by its capitals. German capitalises every noun, so there it takes more: a
capital inside, two such words side by side, or a noun without article where a name
stands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from knowledge.analysis import Token
from knowledge.questions.first_verbs import begins_as_verb
from knowledge.questions.name_words import CALENDAR, INSTITUTIONS, TITLES, is_dealing

LONGEST_GAP = 2
"""Characters between two words of one name, as in ``J. Doe``."""

NO_NAMES = INSTITUTIONS | CALENDAR | TITLES

GERMAN_NOUN_ENDINGS = tuple(
    "ung ungen heit heiten keit keiten schaft schaften tion tionen tat taten ismus nis"
    " nisse ling tum ment mente ie ien ik en er ern em es te ten ge ger gen in innen eur"
    " e ei eien st stelle kamera daten iv al ale ar are amt amter or oren foto fotos bild"
    " bilds fall falls medium mediums gesetz gesetzes recht rechts urteil urteils plan plans"
    " programm programms system systems projekt projekts konto kontos archiv archivs blatt"
    " video videos markt markts dienst diensts schutz zentrum zentrums material materials"
    " verbot verbots vertrag vertrags auftrag auftrags antrag antrags angriff angriffs"
    " bericht berichts handel handels zeug zeugs werk werks buch buchs wort worts geld"
    " gelds streit streits rat rats hof hofs land lands tag tags jahr jahrs zahl".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written; ``first`` and ``last`` are its words."""

    text: str
    first: int
    last: int


def names(
    text: str, words: Sequence[Token], saying: frozenset[Token], language: str
) -> tuple[Name, ...]:
    """All names among the words that say something, in order."""
    if text.upper() == text:
        return ()
    is_name = [_is_name(text, words, at, saying, language) for at in range(len(words))]
    if language == "de":
        is_name = [
            told or (_noun(words, at, saying) and _nameless(text, words, at, saying))
            for at, told in enumerate(is_name)
        ]
    return tuple(
        Name(text[words[first].start : words[last].end], first, last)
        for first, last in map(
            partial(_less_what_it_is, words, language), _joined(text, words, is_name)
        )
        if any(words[at].folded not in NO_NAMES for at in range(first, last + 1))
    )


def _less_what_it_is(
    words: Sequence[Token], language: str, name: tuple[int, int]
) -> tuple[int, int]:
    """``Polizeidatei TAJ`` → ``TAJ``: a German noun tells what has the letters for a name."""
    first, last = name
    told = language == "de" and len(words[last].text) > 1 and words[last].text.isupper()
    while told and first < last and _is_german(words[first].folded):
        first += 1
    return first, last


def _is_name(
    text: str,
    words: Sequence[Token],
    at: int,
    saying: frozenset[Token],
    language: str,
) -> bool:
    word = words[at]
    hyphened = at and text[words[at - 1].end : word.start] == "-"
    if hyphened and word.text[0].isupper() and language != "de":
        return True
    if word not in saying or word.folded in NO_NAMES or not word.text[0].isalpha():
        return False
    if any(c.isupper() for c in word.text[1:]):
        return True
    if not word.text[0].isupper() or language == "de":
        return False
    if not _begins(text, words, at):
        return True
    if begins_as_verb(words[at : at + 2], language):
        return False
    return _is_first_name(text, words, at, saying)


def _begins(text: str, words: Sequence[Token], at: int) -> bool:
    """Whether a sentence begins with the word."""
    gap = text[words[at - 1].end : words[at].start] if at else "."
    return any(c in '.?!:¿¡;“"«' for c in gap)


def _is_first_name(
    text: str, words: Sequence[Token], at: int, saying: frozenset[Token]
) -> bool:
    """Whether a word that begins a sentence is a name: by what follows it."""
    after = words[at + 1] if at + 1 < len(words) else None
    if after is None:
        return False
    gap = text[words[at].end : after.start]
    if gap in ("'", "’") and after.folded == "s":
        return True
    if gap in (" ", "-") and after.text[0].isupper() and after in saying:
        return True
    return gap == " " and (after.folded in AFTER_SUBJECT or is_dealing(after.folded))


AFTER_SUBJECT = frozenset(
    "is was has est a vend utilise sells e ha vende usa produce esta es fue vendio heeft"
    " wordt foi tem y and et en in au em nel".split()
)
"""Right behind the subject that begins a sentence."""


def _noun(words: Sequence[Token], at: int, saying: frozenset[Token]) -> bool:
    word = words[at]
    return (
        word in saying
        and word.text[0].isupper()
        and len(word.text) > 1
        and word.folded not in NO_NAMES
    )


def _nameless(
    text: str, words: Sequence[Token], at: int, saying: frozenset[Token]
) -> bool:
    """Whether a German noun stands as only a name does: by another, or without article.

    The first word of a sentence is a verb as often as not.
    """
    if _begins(text, words, at):
        return False
    strange = not _is_german(words[at].folded)
    if (
        strange
        and text[words[at - 1].end : words[at].start] == " "
        and words[at - 1].text[0].isupper()
        and not _begins(text, words, at - 1)
    ):
        return True
    for other in (at - 1, at + 1):
        if not 0 <= other < len(words) or _begins(text, words, other):
            continue
        left, right = sorted((at, other))
        gap = text[words[left].end : words[right].start]
        beside = gap in (" ", "-") and _noun(words, other, saying)
        if beside and (strange or not _is_german(words[other].folded)):
            return True
    return strange and words[at - 1].folded in BEFORE_GERMAN_NAME


def _is_german(folded: str) -> bool:
    return folded.endswith(GERMAN_NOUN_ENDINGS)


BEFORE_GERMAN_NAME = frozenset(
    "gehort von uber ist wird nutzt verkauft hat kauft liefert setzt bei ist war firma"
    " software unternehmen macht kennt bietet wurde fur mit gegen durch".split()
)


def _joined(
    text: str, words: Sequence[Token], is_name: Sequence[bool]
) -> Iterator[tuple[int, int]]:
    """Runs of name words that are one name, as first and last word."""
    run: tuple[int, int] | None = None
    for at, told in enumerate(is_name):
        if not told:
            continue
        if run is not None and run[1] == at - 1:
            gap = text[words[at - 1].end : words[at].start]
            if len(gap) <= LONGEST_GAP and gap.strip(" -.&'’/") == "":
                run = (run[0], at)
                continue
        if run is not None:
            yield run
        run = (at, at)
    if run is not None:
        yield run
