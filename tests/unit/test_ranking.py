from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Span
from knowledge.ranking import QUOTE_LIMIT, Ranking, choose_quote, fuse, leans, reread

scored = st.lists(
    st.tuples(st.sampled_from("abcdefghij"), st.floats(-9, 99)), max_size=10
)


def test_what_two_rankings_agree_on_comes_first():
    one = Ranking([("a", 9.0), ("b", 8.0), ("d", 1.0)])
    other = Ranking([("b", 0.8), ("c", 0.7), ("d", 0.1)])
    assert fuse([one, other]) == ("b", "a", "c", "d")


def test_ties_are_broken_by_id():
    assert fuse([Ranking([("z", 3.0)]), Ranking([("a", 0.5)])]) == ("a", "z")


def test_a_light_ranking_does_not_overturn_a_heavy_one():
    heavy = Ranking([("a", 9.0), ("b", 4.0)])
    light = Ranking([("b", 9.0), ("a", 4.0)], weight=0.3)
    assert fuse([heavy, light]) == ("a", "b")


def test_a_clear_lead_counts_more_than_a_narrow_one():
    clear = Ranking([("a", 20.0), ("b", 5.0), ("c", 4.0)])
    narrow = Ranking([("b", 0.82), ("a", 0.81), ("c", 0.2)])
    assert fuse([clear, narrow]) == ("a", "b", "c")


def test_an_id_named_twice_by_one_ranking_counts_once_by_its_best():
    ranking = Ranking([("b", 3.0), ("a", 2.0), ("a", 1.0), ("c", 1.0)])
    assert fuse([ranking]) == ("b", "a", "c")


@given(scored, st.floats(0.1, 50), st.floats(-20, 20))
def test_the_scale_of_an_index_does_not_matter(ranking, factor, shift):
    rounded = [(identity, round(score)) for identity, score in ranking]
    other = [(identity, score * factor + shift) for identity, score in rounded]
    assert fuse([Ranking(rounded)]) == fuse([Ranking(other)])


@given(st.lists(scored, max_size=4))
def test_fusion_loses_nothing_and_invents_nothing(rankings):
    fused = fuse([Ranking(ranking) for ranking in rankings])
    assert sorted(fused) == sorted({i for ranking in rankings for i, _ in ranking})


def spans(*lengths: int) -> list[Span]:
    made, start = [], 0
    for length in lengths:
        made.append(Span(start, start + length))
        start += length + 1
    return made


def test_a_short_passage_is_quoted_whole():
    assert choose_quote(spans(100, 100), {1: 5.0}) == Span(0, 201)


def test_of_a_long_passage_the_best_sentence_is_quoted():
    assert choose_quote(spans(300, 200, 300), {1: 5.0}) == Span(301, 501)


def test_a_worthy_neighbour_joins_within_the_limit():
    assert choose_quote(spans(300, 150, 150), {1: 1.0, 2: 5.0}) == Span(301, 602)


def test_a_sentence_that_leans_brings_the_one_before():
    quote = choose_quote(spans(300, 150, 150, 300), {2: 5.0}, frozenset({2}))
    assert quote == Span(301, 602)


def test_a_leaning_sentence_brings_its_antecedent_even_beyond_the_limit():
    quote = choose_quote(spans(400, 400), {1: 5.0}, frozenset({1}))
    assert quote == Span(0, 801)


@given(
    st.lists(st.integers(1, 500), min_size=1, max_size=8),
    st.dictionaries(st.integers(0, 7), st.floats(0, 9)),
    st.frozensets(st.integers(0, 7)),
)
def test_a_quote_is_always_a_run_of_whole_sentences(lengths, worth, leaning):
    sentences = spans(*lengths)
    quote = choose_quote(sentences, worth, leaning)
    assert quote.start in {sentence.start for sentence in sentences}
    assert quote.end in {sentence.end for sentence in sentences}
    first = [s.start for s in sentences].index(quote.start)
    whole = sentences[-1].end <= QUOTE_LIMIT
    assert whole or first == 0 or first not in leaning


def test_a_judge_has_to_prefer_a_candidate_clearly_to_put_it_before_a_better_ranked():
    assert reread([0.0, 0.5, 3.0]) == (2, 0, 1)
    assert reread([1.0, 1.0, 1.0]) == (0, 1, 2)
    assert reread([]) == ()


def test_openings_that_lean_are_known_in_every_language():
    assert leans("it had no seat", "en")
    assert leans("l'entreprise refuse", "fr")
    assert leans("das unternehmen bestreitet", "de")
    assert not leans("italy fined it", "en")
    assert not leans("clearview ai fined", "en")
