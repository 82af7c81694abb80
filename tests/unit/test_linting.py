"""What is wrong with documents that are each right by themselves."""

from dataclasses import replace

import pytest

from knowledge.linting import LONGEST_SENTENCE, together
from knowledge.model import Document, Form, Kind, Link, OwnQuestion, Relation

TEXT = "The Garante fined Clearview AI twenty million euros in February 2022."


def brief(id, body=TEXT, *links):
    return Document(
        id=id,
        title=id,
        body=body,
        form=Form.BRIEF,
        kind=Kind.PRESS,
        language="en",
        sources=(),
        revision=1,
        links=tuple(Link(relation, target) for relation, target in links),
    )


def said(*documents):
    return [p.message for p in together([(f"{d.id}.md", d) for d in documents])]


def test_nothing_is_wrong_with_documents_that_differ():
    one = brief("a", TEXT, (Relation.UPDATES, "b"))
    assert said(one, brief("b", "PimEyes searches faces for anybody who pays.")) == []


def test_an_id_and_a_text_may_be_there_once():
    same = together([("1.md", brief("a")), ("2.md", brief("a"))])
    assert [p.message for p in same] == [
        "2.md has the id of 1.md: leave one out",
        "2.md has the text of 1.md: leave one out",
    ]


def test_nearly_the_same_text_is_told_with_how_near_it_is():
    long = " ".join(f"word{number}" for number in range(40)) + "."
    (message,) = said(brief("a", long), brief("b", long.replace("word20", "other")))
    assert message.startswith("b is nearly the same as a (")


@pytest.mark.parametrize("relation", Relation)
def test_a_link_has_to_lead_to_a_document_of_the_folder(relation):
    (message,) = said(brief("a", TEXT, (relation, "gone")))
    assert message == f"a {relation} gone, which is not there: mend or drop the link"


def test_a_contradiction_is_said_once():
    one = brief("a", TEXT, (Relation.CONTRADICTS, "b"))
    other = brief("b", "Clearview denied it.", (Relation.CONTRADICTS, "a"))
    (message,) = said(one, other)
    assert message.endswith("the other way round: say it once")
    twice = replace(one, links=one.links * 2)
    assert "said twice" in said(twice, replace(other, links=()))[0]


def test_two_documents_cannot_each_come_after_the_other():
    one = brief("a", TEXT, (Relation.SUPERSEDES, "b"))
    other = brief("b", "It was annulled.", (Relation.SUPERSEDES, "a"))
    assert "drop one of the two" in said(one, other)[0]


def test_a_sentence_that_no_card_can_show_is_told():
    long = "Clearview " + "and " * (LONGEST_SENTENCE // 4) + "so on."
    (message,) = said(brief("a", long))
    assert "¶1 has a sentence of 10" in message


def test_what_is_no_question_is_told_with_its_document():
    asked = (OwnQuestion("en", "Who paid?"), OwnQuestion("en", "Clearview paid"))
    (message,) = said(replace(brief("a"), questions=asked))
    assert message == (
        "a answers 'Clearview paid', which is no question: end it with a question mark,"
        " or leave it out"
    )
