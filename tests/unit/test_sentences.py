import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import LANGUAGES
from knowledge.passages import sentences

SHARED = Path(__file__).parents[2].parent / "shared"
PIECES = st.sampled_from(
    [
        *"Aaé. .!?…„“”»«\"'’()[]\n\r\xa0\u0301😀19",
        " ",
        " ",
        "Art. ",
        "Dr. ",
        "No. ",
        "U.S. ",
    ]
)
TEXTS = st.one_of(
    st.text(alphabet=st.characters(), max_size=200),
    st.lists(PIECES, max_size=80).map("".join),
)


def split(text: str, language: str) -> list[str]:
    return [span.of(text) for span in sentences(text, language)]


# Each text is cut at the bars and nowhere else.
CASES = {
    "en": [
        "Under Art. 5 the U.S. firm Clearview AI, Inc. was fined.",
        "He cited e.g. Mr. Smith of Acme Corp. and J. Doe. | It ended.",
        "See Article 9(2)(a). | The rule holds.",
        "No. 50 was issued. | It cost 3.5 million, i.e. EUR 3,500,000.00 in all.",
        "He said no. | Then he left.",
        '"It is over." | He left.',
        'He said "It is over." and left.',
        "“We do not sell.” the firm said.",
        "“We do not sell.” Smith said.",
        "“Why would we?” Smith asked. | Nobody knew.",
        "“We do not sell. We never did,” he said. | It was false.",
        "It used Reco 3.26. | Then Evidence.com grew. | See https://x.org/a?b=1. | Done.",
        "The map… shows Italy. | It stops.",
        "He waited ... then left.",
        "Was it used? | (It was not.) | Yes! | On Jan. 5 it closed.",
        "The rule (see Art. 5. It is long.) holds. | It does.",
        "The dogs' owners don't care. | It's '90s style. | They're fine.",
        "Vol. 3 of the report, pp. 5 ff., says so. | Nothing else does.",
        "It was signed by J. R. Doe Jr. and Gen. Smith. | Nobody else signed.",
        "The court (Sec. 5(2)) agreed.[12] | The appeal failed.",
        "Yahoo! Japan did not answer. | Others did.",
    ],
    "fr": [
        "M. Dupont et Mme Durand, c.-à-d. les parties, ont signé. | Fin.",
        "Selon l'art. 5 du RGPD, p. ex. ici, cela vaut. | Fin.",
        "« Nous ne vendons pas. » | Il est parti.",
        "« Nous ne vendons pas. Nous partons », dit-il.",
        "« Nous ne vendons pas. » M. Ton-That a déclaré cela.",
        "Il est dit « Arrêtez ! » par le juge. | Pourquoi ? | Parce que.",
        "Voir legifrance.gouv.fr. | La suite manque… dans tous les pays.",
        "La délib. n° SAN-2022-019 du 17 oct. 2022 est publique.",
        "La CNIL (délib. SAN-2022-019. Non publiée) a tranché. | Fin.",
        "Le Dr. Martin, de la Sté. Clearview etc. a signé.",
    ],
    "it": [
        "L'art. 5, n. 50, par. 2 della legge. | Fine.",
        "Il sig. Rossi e la dott.ssa Bianchi di Memento Labs S.p.A. sono qui.",
        "Si veda pag. 3, ecc. e poi altro.",
        "Il provv. n. 50 del 10 feb. 2022. | Poi altro.",
        "«È finita.» | Poi tacque.",
        "L’Avv. Verdi disse: “Basta.” e uscì.",
    ],
    "de": [
        "Nach Art. 4 Nr. 1 DSGVO i. V. m. § 6 Abs. 2 S. 1 BDSG gilt dies. | Ja.",
        "Am 30. April 2020 war Schluss. | Am 3. Oktober auch.",
        "Der 2. Senat entschied. | Dr. Müller und Prof. Dr. Weber waren da.",
        "Das ist z. B. so, d. h. anders, bzw. nicht.",
        "Er sagte: „Wir verkaufen nicht.“ | Dann ging er.",
        "„Das ist falsch.“, sagte er. | Es kostet 1.000,50 Euro.",
        "„Das ist falsch. Wir klagen“, sagte er. | Er klagte.",
        "»Das ist falsch. Wir klagen«, sagte er. | Er klagte.",
        "Im 19. Jahrhundert war das so. | Heute nicht.",
        "Die Fa. Memento Labs S.p.A. hat Sitz in Mailand.",
        "Die Gesellschaft mit Sitz in Warschau, Acme Sp. z o.o., schwieg.",
    ],
    "es": [
        "El Sr. Pérez, p.ej., vive en EE. UU. desde 2010. | Fin.",
        "El art. 5, núm. 3 y la pág. 4. | Fin.",
        "¿Está activa? | No lo sabemos. | ¡Qué lástima! | Fin.",
        "La Sra. Gómez y el Dr. Ruiz. | Nadie más.",
        "«No vendemos. Nunca», dijo. | Era falso.",
    ],
    "nl": [
        "Volgens art. 5 lid 2, d.w.z. nu, o.a. hier. | Klaar.",
        "Mr. Jansen c.s. en dhr. De Vries, bijv. hier.",
        "De heer J. P. Balkenende zei nr. 3. | Dat klopt.",
        "Hij zei: ‘Wij verkopen niet. Nooit.’ | Daarna ging hij.",
    ],
    "pt": [
        "O art. 5.º, n.º 2, do RGPD. | Fim.",
        "O Sr. Silva e a Dra. Costa, p. ex., vivem cá. | Fim.",
        "A pág. 3 e o séc. XX foram citados. | Fim.",
        "“Não vendemos. Nunca”, disse ele. | Era falso.",
    ],
}


@pytest.mark.parametrize(
    ("language", "marked"),
    [(language, text) for language, texts in CASES.items() for text in texts],
)
def test_hard_cases_are_cut_between_sentences_and_nowhere_else(language, marked):
    whole = marked.replace(" | ", " ")
    assert split(whole, language) == marked.split(" | ")


def test_a_missing_space_behind_a_full_stop_leaves_two_sentences_together():
    assert split("It ended.Then more came. Later it stopped.", "en") == [
        "It ended.Then more came.",
        "Later it stopped.",
    ]


def test_a_quotation_mark_that_nobody_closed_does_not_swallow_the_rest():
    text = 'He said: "We left. ' + "It rained. " * 300
    assert len(split(text, "en")) > 290


def test_offsets_count_code_points_behind_emoji_marks_and_windows_line_ends():
    text = "😀 Cafe\u0301 closed.\r\nIt\u00a0opened. \u200fÉnd"
    assert split(text, "en") == [
        "😀 Cafe\u0301 closed.",
        "It\u00a0opened.",
        "\u200fÉnd",
    ]


@given(TEXTS, st.sampled_from([*LANGUAGES, "el"]))
def test_sentences_hold_every_visible_character_in_order(text, language):
    spans = sentences(text, language)
    at = 0
    for span in spans:
        assert span.start >= at
        assert not text[at : span.start].strip()
        assert span.of(text) == span.of(text).strip() != ""
        at = span.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "text",
    [
        "Clearview was fined by the Garante. It paid nothing “at all.” " * 16_000,
        "word " * 20_000,
        "a" * 100_000,
        "“a " * 300_000,
        "„a “b \"c 'd. (E [f " * 50_000,
        ". " * 500_000,
        ".”" * 400_000,
        "(" * 500_000,
        "a." + " " * 1_000_000 + "b",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_a_million_characters_take_seconds_at_most(text):
    started = time.perf_counter()
    sentences(text, "en")
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize("name", ["xquad", "piaf_fr"])
def test_hardly_an_answer_in_public_test_texts_crosses_a_cut(name):
    folder = SHARED / "evaldata" / name
    if not folder.exists():
        pytest.skip("the shared folder with public test texts is not here")
    texts = {}
    with (folder / "corpus.jsonl").open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            spans = sentences(row["text"], row["lang"])
            texts[row["id"]] = (row["text"], {span.start for span in spans})
    crossed = total = 0
    with (folder / "answers.jsonl").open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            for span in row["spans"]:
                starts = texts[span["doc-id"]][1]
                total += 1
                crossed += any(span["start"] < at < span["end"] for at in starts)
    assert total > 1000
    assert crossed / total < 0.01
