"""Follow-up questions: what is meant after what was asked before."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import Known, Meant, resolve
from knowledge.model import FollowUp, Mention, MentionKind, Mentions
from tests.greetings import TO_EVERYBODY

NAMES = {
    MentionKind.VENDOR: {
        "clearview-ai": "clearview ai|clearview",
        "paragon": "paragon",
        "cellebrite": "cellebrite",
    },
    MentionKind.PLACE: {
        "IT": "italy|italie|italia|italien|itália|italië|garante",
        "GR": "greece|grèce|grecia|griechenland|griekenland|grécia",
        "FR": "france|francia|frankreich|frankrijk|frança",
        "ES": "spain",
        "JP": "japan|japon",
        "NL": "netherlands|pays-bas|paesi bassi",
    },
    MentionKind.CONCEPT: {
        "fine": "fined|fines|fine|amendes|amende|multa|strafe",
        "faces": "face recognition|reconnaissance faciale",
        "live-faces": "live face recognition",
        "ai-act": "ai act|ai-verordening",
    },
    MentionKind.PROVISION: {"gdpr": "gdpr"},
}


def mentions(text: str) -> Mentions:
    """Names of a small vocabulary, by whole words in any case."""
    found = [
        Mention(kind, identity, *match.span())
        for kind, listed in NAMES.items()
        for identity, names in listed.items()
        for match in re.finditer(rf"(?<!\w)(?:{names})(?!\w)", text, re.IGNORECASE)
    ]
    found += [
        Mention(MentionKind.YEAR, match[0], *match.span())
        for match in re.finditer(r"\b(?:19|20)\d\d\b", text)
    ]
    return Mentions(tuple(sorted(found, key=lambda m: m.start)))


KNOWN = Known(mentions, frozenset({"faces", "live-faces", "ai-act"}), frozenset())


def meant(text: str, *earlier: str) -> str:
    return resolve(earlier, text, KNOWN).text


FIRST = {
    "en": "Is Clearview active in Italy?",
    "fr": "Clearview est-elle active en Italie ?",
    "it": "Clearview è attiva in Italia?",
    "de": "Ist Clearview in Italien aktiv?",
    "es": "¿Está activa Clearview en Italia?",
    "nl": "Is Clearview actief in Italië?",
    "pt": "A Clearview está ativa na Itália?",
}


@pytest.mark.parametrize(
    ("language", "follow_up", "expected"),
    [
        ("en", "and in Greece?", "Is Clearview active in Greece?"),
        ("en", "And in the Netherlands?", "Is Clearview active in the Netherlands?"),
        ("en", "and France?", "Is Clearview active in France?"),
        ("en", "what about Greece?", "Is Clearview active in Greece?"),
        ("en", "Greece?", "Is Clearview active in Greece?"),
        ("en", "Greece and Spain?", "Is Clearview active in Greece and Spain?"),
        ("en", "Thanks! And in Greece?", "Is Clearview active in Greece?"),
        ("fr", "et en Grèce ?", "Clearview est-elle active en Grèce ?"),
        ("fr", "et au Japon ?", "Clearview est-elle active au Japon ?"),
        ("fr", "Et aux Pays-Bas ?", "Clearview est-elle active aux Pays-Bas ?"),
        ("fr", "pareil en France ?", "Clearview est-elle active en France ?"),
        ("en", "same in Greece?", "Is Clearview active in Greece?"),
        ("fr", "et la France ?", "Clearview est-elle active en France ?"),
        ("fr", "En Grèce ?", "Clearview est-elle active en Grèce ?"),
        ("it", "e in Grecia?", "Clearview è attiva in Grecia?"),
        ("it", "E nei Paesi Bassi?", "Clearview è attiva nei Paesi Bassi?"),
        ("de", "und in Griechenland?", "Ist Clearview in Griechenland aktiv?"),
        ("es", "¿y en Grecia?", "¿Está activa Clearview en Grecia?"),
        ("nl", "en in Griekenland?", "Is Clearview actief in Griekenland?"),
        ("pt", "e na Grécia?", "A Clearview está ativa na Grécia?"),
    ],
)
def test_a_bare_place_is_asked_the_earlier_question(language, follow_up, expected):
    assert meant(follow_up, FIRST[language]) == expected


@pytest.mark.parametrize(
    ("language", "follow_up", "expected"),
    [
        ("en", "What about Paragon?", "Is Paragon active in Italy?"),
        (
            "en",
            "and Paragon and Cellebrite?",
            "Is Paragon and Cellebrite active in Italy?",
        ),
        ("fr", "et Paragon ?", "Paragon est-elle active en Italie ?"),
        ("fr", "Qu’en est-il de Paragon ?", "Paragon est-elle active en Italie ?"),
        ("it", "e Paragon?", "Paragon è attiva in Italia?"),
        ("de", "Was ist mit Paragon?", "Ist Paragon in Italien aktiv?"),
        ("es", "¿Y Paragon?", "¿Está activa Paragon en Italia?"),
        ("nl", "En Paragon?", "Is Paragon actief in Italië?"),
        ("pt", "e a Paragon?", "A Paragon está ativa na Itália?"),
    ],
)
def test_a_bare_vendor_is_asked_the_earlier_question(language, follow_up, expected):
    assert meant(follow_up, FIRST[language]) == expected


@pytest.mark.parametrize(
    ("language", "follow_up"),
    [
        ("en", "since when?"),
        ("en", "how much?"),
        ("en", "who fined it?"),
        ("en", "how much was the fine?"),
        ("en", "And was it fined?"),
        ("en", "what did the court say?"),
        ("en", "is that legal?"),
        ("en", "and the fines?"),
        ("en", "why?"),
        ("fr", "combien ?"),
        ("fr", "Depuis quand ?"),
        ("fr", "qui l’a condamnée ?"),
        ("fr", "À combien s’élève l’amende ?"),
        ("fr", "Et les amendes ?"),
        ("fr", "Quel est le montant de l’amende ?"),
        ("fr", "est-ce légal ?"),
        ("it", "da quando?"),
        ("it", "chi l'ha multata?"),
        ("de", "seit wann?"),
        ("de", "Und die Strafe?"),
        ("es", "¿Desde cuándo?"),
        ("nl", "Sinds wanneer?"),
        ("nl", "En hoeveel?"),
        ("pt", "quanto?"),
        ("en", "how many officials have access?"),
        ("en", "how often?"),
        ("en", "has the appeal been decided"),
        ("en", "did the city keep the contract after that?"),
        ("en", "how much did they pay for it?"),
        ("en", "and how many people were warned in the end?"),
        ("fr", "et combien de personnes ont été identifiées ?"),
        ("fr", "et en septembre ?"),
        ("it", "e quanti agenti la usavano davvero?"),
        ("de", "Und wie viele Beamte wurden befragt?"),
        ("es", "¿y cuántas tiendas tenían las cámaras?"),
        ("nl", "en hoeveel mensen zijn er gewaarschuwd?"),
        ("nl", "hebben ze bezwaar gemaakt?"),
        ("nl", "en staan ze nog op de lijst?"),
        ("nl", "en ging de rechter daarin mee?"),
        ("en", "has anyone been taken off that list since?"),
        ("de", "Was hat das Gericht dazu gesagt?"),
        ("fr", "qui a critiqué cette décision ?"),
        ("pt", "e quantos agentes foram ouvidos?"),
        ("en", "which judge?"),
        ("en", "for private schools too?"),
        ("en", "by when?"),
        ("en", "do they have to go to prison?"),
        ("en", "and face recognition?"),
        ("fr", "devant quel tribunal ?"),
        ("fr", "qui s'était plaint ?"),
        ("it", "con che pena?"),
        ("de", "gegen wen zum Beispiel?"),
        ("de", "wer steckt dahinter?"),
        ("es", "¿hubo multa?"),
        ("nl", "wisten hun bazen dat?"),
        ("pt", "quem revelou isso?"),
    ],
)
def test_a_follow_up_without_a_subject_is_asked_behind_the_question_before_it(
    language, follow_up
):
    first = FIRST[language]
    result = resolve([first], follow_up, KNOWN)
    assert result.text == f"{first} {follow_up}"
    assert result.understood
    assert result.follows is not None
    assert result.follows.before == first


@pytest.mark.parametrize(
    ("language", "follow_up", "names"),
    [
        ("en", "and in 2020?", "Clearview, Italy"),
        ("en", "is it active in Greece?", "Clearview"),
        ("en", "Is the company active in Greece?", "Clearview"),
        ("en", "Where is it used?", "Clearview"),
        ("en", "Is Paragon active there?", "Italy"),
        ("en", "And is Paragon active?", "Italy"),
        ("en", "Which other companies are active there?", "Italy"),
        ("fr", "est-elle active en Grèce ?", "Clearview"),
        ("it", "È attiva in Grecia?", "Clearview"),
        ("de", "Ist es in Griechenland aktiv?", "Clearview"),
        ("es", "¿Está activa en Grecia?", "Clearview"),
        ("nl", "Is het actief in Griekenland?", "Clearview"),
        ("en", "who owns it?", "Clearview"),
        ("it", "e adesso di chi è?", "Clearview"),
        ("pt", "Está ativa na Grécia?", "Clearview"),
        ("en", "what did the court in Greece say about that?", "Clearview"),
        ("de", "Und was hat Griechenland 2025 dazu gesagt?", "Clearview"),
        ("nl", "en wat zei de rechter in Frankrijk daarover?", "Clearview"),
    ],
)
def test_what_a_follow_up_with_a_subject_lacks_is_put_behind_it(
    language, follow_up, names
):
    result = resolve([FIRST[language]], follow_up, KNOWN)
    assert result.text == f"{follow_up} ({names})"
    assert result.follows is None


@pytest.mark.parametrize(
    ("first", "follow_up", "alone"),
    [
        ("Is Clearview active in Italy?", "since when?", "Clearview, Italy"),
        (
            "Is live face recognition allowed in Italy?",
            "until when?",
            "live face recognition, Italy",
        ),
        (
            "Wat verbiedt artikel 5 van de AI-verordening?",
            "en hoe hoog is de boete?",
            "AI-verordening",
        ),
        ("Does the AI Act bind Clearview?", "since when?", "Clearview, AI Act"),
        ("Was Clearview fined?", "when was that?", "Clearview, fined"),
        ("What does the AI Act ban?", "since when?", "AI Act"),
        ("what is S and Marper about?", "and when was that?", "Marper"),
    ],
)
def test_by_itself_a_follow_up_has_the_names_that_it_lacks(first, follow_up, alone):
    follows = resolve([first], follow_up, KNOWN).follows
    assert follows == FollowUp(first, f"{follow_up} ({alone})")


@pytest.mark.parametrize(
    ("follow_up", "shown"),
    [("since when?", True), ("was it fined?", True), ("shall we have lunch?", False)],
)
def test_what_says_little_does_not_show_that_it_leans(follow_up, shown):
    follows = resolve([FIRST["en"]], follow_up, KNOWN).follows
    assert follows is not None
    assert follows.shown is shown


@pytest.mark.parametrize(
    ("earlier", "follow_up", "matter"),
    [
        (
            "La police utilise-t-elle la reconnaissance faciale ?",
            "et en Grèce, qu'a dit le juge à ce sujet ?",
            "reconnaissance faciale",
        ),
        (
            "May the police use face recognition?",
            "and what did the court in Greece say about that?",
            "face recognition",
        ),
    ],
)
def test_another_place_that_points_at_the_matter_is_asked_about_that_matter(
    earlier, follow_up, matter
):
    assert meant(follow_up, earlier) == f"{follow_up} ({matter})"


@pytest.mark.parametrize(
    ("language", "whole"),
    [
        ("en", "Is Paragon active in Greece?"),
        ("en", "Who founded Paragon?"),
        ("en", "Has Paragon been fined?"),
        ("en", "Which companies are active in Greece?"),
        ("en", "Which vendors are banned?"),
        ("en", "Is it legal to use facial recognition in Greece?"),
        ("en", "Is spyware legal in Greece?"),
        ("en", "But is spyware legal in Greece?"),
        ("en", "Is there spyware in Greece?"),
        ("en", "What is spyware?"),
        ("en", "What does the GDPR say about biometric data?"),
        ("en", "What did the Garante decide?"),
        ("en", "When did Paragon retract its report?"),
        ("en", "Is face recognition legal, and who decides about that?"),
        ("en", "must scrapers tell people they collected their data"),
        ("en", "what is the police directive and what does it cover"),
        ("en", "is it a crime in Greece to own spyware?"),
        ("en", "what is the uyghur alarm"),
        ("fr", "En France, qui utilise Paragon ?"),
        ("fr", "quand la DGSE a-t-elle ouvert une enquête sur Paragon ?"),
        ("fr", "la police suédoise peut-elle pirater un téléphone ?"),
        ("fr", "le RGPD s'applique-t-il à un usage purement privé ?"),
        ("fr", "où a été adopté le code de bonne conduite ?"),
        ("it", "che cos'è Paragon?"),
        ("de", "Wer steckt hinter Paragon, wer hat die Firma gegründet?"),
        ("pt", "é crime na França seguir alguém sem consentimento?"),
        ("fr", "Y a-t-il des logiciels espions en Grèce ?"),
        ("fr", "Y a-t-il des amendes en Grèce ?"),
        ("fr", "Est-il légal d’utiliser des logiciels espions en Grèce ?"),
        ("fr", "Qu’est-ce qu’un logiciel espion ?"),
        ("it", "È legale lo spyware in Grecia?"),
        ("de", "Gibt es Spyware in Griechenland?"),
        ("es", "¿Es legal el spyware en Grecia?"),
        ("es", "En Grecia, ¿qué empresas están activas?"),
    ],
)
def test_a_whole_question_is_never_altered(language, whole):
    assert resolve([FIRST[language]], whole, KNOWN) == Meant(whole, understood=False)


@pytest.mark.parametrize(
    "courtesy",
    [
        "thanks!",
        "ok thanks, that was all",
        "ok obrigado, era só isso",
        "duidelijk, dank je",
        "ok",
        "Hello",
        "merci",
        "grazie",
        "danke",
        "lol",
        "nice",
        "wow, interesting",
        "help",
        "👍",
        "¡gracias!",
        "",
        "?",
        *TO_EVERYBODY,
    ],
)
def test_courtesy_is_no_follow_up(courtesy):
    assert meant(courtesy, FIRST["en"]) == courtesy


@pytest.mark.parametrize(
    "question",
    [
        "hi, and in Greece?",
        "hello, all of them?",
        "ciao, e in Grecia?",
        "all in Greece?",
    ],
)
def test_a_greeting_before_a_follow_up_does_not_hide_it(question):
    assert meant(question, FIRST["en"]) != question


@pytest.mark.parametrize(
    "question", ["who are you?", "what can you do?", "how much do you know?"]
)
def test_a_question_to_the_bot_is_no_follow_up(question):
    assert meant(question, FIRST["en"]) == question


def test_you_may_be_anybody_where_a_sum_is_asked_for():
    follow_up = "and how much can you sue for?"
    assert meant(follow_up, "what does the GDPR say on fines?") != follow_up


@pytest.mark.parametrize(
    ("follow_up", "names"),
    [
        ("was there a similar case in Greece?", "Clearview, fined"),
        ("il y a eu un cas pareil en Grèce ?", "Clearview, fined"),
        ("gab es so etwas in Griechenland?", "Clearview, fined"),
        ("did Paragon do the same thing?", None),
        ("is face recognition the same thing as video surveillance?", None),
    ],
)
def test_a_case_like_that_is_like_the_one_spoken_of(follow_up, names):
    expected = f"{follow_up} ({names})" if names else follow_up
    assert meant(follow_up, "Was Clearview fined in Italy?") == expected


@pytest.mark.parametrize(
    "stranger",
    ["what about FooCorp?", "Und Ravenlock?", "and in Wakanda?", "and in wakanda?"],
)
def test_an_unknown_name_is_not_replaced_by_a_known_one(stranger):
    assert meant(stranger, FIRST["en"]) == stranger


@pytest.mark.parametrize(
    "question",
    ["was it fined?", "how much was the fine?", "elle a eu une amende ?", "and there?"],
)
def test_what_leans_on_something_that_nobody_said_dangles(question):
    assert resolve((), question, KNOWN) == Meant(question, False, dangling=True)
    assert resolve(["hello"], question, KNOWN).dangling
    assert not resolve([FIRST["en"]], question, KNOWN).dangling


@pytest.mark.parametrize(
    "question",
    [
        "Was Clearview fined?",
        "is face recognition banned there?",
        "What fines were there in 2022?",
        "was it about the Marper case?",
        "what is a fine?",
        "hello",
    ],
)
def test_a_question_that_says_what_it_is_on_does_not_dangle(question):
    assert not resolve((), question, KNOWN).dangling


def test_without_an_earlier_question_nothing_is_altered():
    assert meant("and in Greece?") == "and in Greece?"


def test_an_earlier_question_without_a_subject_is_of_no_use():
    assert meant("and in Greece?", "hello", "thanks") == "and in Greece?"


def test_a_follow_up_goes_on_with_a_question_that_names_nothing_known_too():
    first = "what is S and Marper about?"
    assert meant("and when was that?", FIRST["en"], first) == (
        f"{first} and when was that?"
    )


def test_a_question_that_names_nothing_does_not_hide_the_one_that_does():
    first = "Was Clearview fined in Italy?"
    assert (
        meant("and who decided?", first, "so nobody checked that properly")
        == f"{first} and who decided?"
    )


def test_the_last_question_with_a_subject_is_taken():
    assert (
        meant("and in Greece?", "Is Paragon active in Spain?", FIRST["en"], "thanks!")
        == "Is Clearview active in Greece?"
    )


def test_a_follow_up_of_a_follow_up_keeps_the_subject():
    assert (
        meant("and Paragon?", FIRST["en"], "and in Greece?")
        == "Is Paragon active in Greece?"
    )
    assert (
        meant("and in Greece?", FIRST["en"], "how much?")
        == "Is Clearview active in Greece? how much?"
    )
    assert (
        meant("why?", FIRST["en"], "was it fined?")
        == "Is Clearview active in Italy? why?"
    )
    assert (
        meant("and why?", FIRST["en"], "how much?")
        == "Is Clearview active in Italy? and why?"
    )


def test_a_place_joins_an_earlier_question_that_had_none():
    question = "Has Clearview been fined?"

    assert meant("and in Greece?", question) == "Has Clearview been fined in Greece?"
    assert meant("and Greece?", question) == "Has Clearview been fined? (Greece)"


def test_a_vendor_joins_an_earlier_question_that_had_none():
    assert (
        meant("what about Paragon?", "Which vendors are active in Italy?")
        == "Which vendors are active in Italy? (Paragon)"
    )


def test_a_list_of_places_is_replaced_as_one():
    assert (
        meant("and in France?", "Which vendors are active in Italy and in Greece?")
        == "Which vendors are active in France?"
    )


def test_an_article_goes_with_the_name_that_had_it():
    assert (
        meant("and France?", "Is Clearview active in the Netherlands?")
        == "Is Clearview active in France?"
    )


def test_a_preposition_of_another_language_is_left_behind():
    assert meant("et au Japon ?", FIRST["en"]) == "Is Clearview active in Japon?"


def test_a_pronoun_takes_the_last_vendor_named_even_from_further_back():
    assert (
        meant("is it used?", FIRST["en"], "Which vendors are active in Greece?")
        == "is it used? (Clearview, Greece)"
    )


def test_a_very_long_text_is_no_follow_up():
    text = "and " * 200 + "in Greece?"
    assert meant(text, FIRST["en"]) == text


VENDOR = st.sampled_from(["Clearview", "Paragon", "Cellebrite"])
PLACE = st.sampled_from(["Italy", "Greece", "France", "Japan", "Spain"])


@given(VENDOR, PLACE, PLACE)
def test_a_bare_place_keeps_the_vendor_and_changes_the_place(vendor, old, new):
    result = mentions(meant(f"and in {new}?", f"Is {vendor} active in {old}?"))

    assert result.vendors == mentions(vendor).vendors
    assert result.places == mentions(new).places


@given(VENDOR, VENDOR, PLACE)
def test_a_bare_vendor_keeps_the_place_and_changes_the_vendor(old, new, place):
    result = mentions(meant(f"and {new}?", f"Is {old} active in {place}?"))

    assert result.vendors == mentions(new).vendors
    assert result.places == mentions(place).places


@given(st.lists(st.text(max_size=60), max_size=4), st.text(max_size=60))
def test_any_text_is_resolved_to_one_that_says_whether_it_is_another(earlier, text):
    result = resolve(earlier, text, KNOWN)
    assert result.understood == (result.text != text)


@given(
    st.sampled_from(list(FIRST.values())),
    st.text(st.sampled_from("and in it? Greece Paragon the who ()-'’ é1"), max_size=40),
)
def test_no_name_comes_from_anywhere_but_the_person_s_own_words(first, text):
    result = mentions(meant(text, first))
    own = mentions(f"{first} | {text}")

    assert set(result.vendors) <= set(own.vendors)
    assert set(result.places) <= set(own.places)


def test_a_place_joins_an_earlier_question_on_law():
    first = "What does the AI Act ban?"
    assert meant("and in France?", first) == "What does the AI Act ban in France?"


def test_what_is_now_is_asked_of_the_vendor_and_not_of_what_happened():
    assert meant("and who owns it now?", "Was Clearview fined?") == (
        "and who owns it now? (Clearview)"
    )
