"""The picture of what is held along the years, and its words."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.cards import Picture
from bot.catalogue import languages, words
from bot.timeline import LONGEST_ALT, MOST_LISTED, draw
from bot.timeline.drawing import WIDTH
from knowledge.model import DatedEvent, Kind, PartialDate


def event(
    when: str, title: str = "A page", kind: Kind = Kind.PRESS, id: str = "a"
) -> DatedEvent:
    return DatedEvent(PartialDate.parse(when), kind, id, title)


EVENTS = (
    event("2020", "A map of customers"),
    event("2022-02-10", "The order", Kind.REGULATOR_DECISION),
    event("2025-04", "Served in vain"),
)


def opened(picture: Picture) -> Image.Image:
    image = Image.open(BytesIO(picture.png))
    image.load()
    return image


def inked(picture: Picture) -> int:
    """How many points of the picture are not paper."""
    return sum(opened(picture).convert("L").histogram()[:200])


def test_the_words_say_all_that_the_picture_shows_newest_first():
    assert draw(EVENTS, "Clearview AI · Italy", "en").alt == (
        "Timeline of Clearview AI · Italy: 3 documents, 2020 to Apr 2025. "
        "regulator 1 · press 2.\n"
        "Apr 2025: Press, “Served in vain”.\n"
        "10 Feb 2022: Regulator’s decision, “The order”.\n"
        "2020: Press, “A map of customers”."
    )


def test_the_picture_is_a_png_and_wide_enough_to_be_read():
    picture = draw(EVENTS, "Clearview AI", "en")
    image = opened(picture)

    assert picture.name == "timeline.png"
    assert image.format == "PNG"
    assert image.width == WIDTH
    assert 300 < image.height < 2000
    assert inked(picture) > 1000


def test_the_order_in_which_events_come_changes_nothing():
    assert draw(EVENTS, "X", "en") == draw(EVENTS[::-1], "X", "en")


@pytest.mark.parametrize("language", languages())
def test_every_language_has_a_picture_of_its_own(language):
    picture = draw(EVENTS, "Clearview AI", language)

    assert words(language)("kind.regulator-decision") in picture.alt
    assert opened(picture).width == WIDTH


def test_without_a_subject_it_is_on_all_that_is_held():
    assert draw(EVENTS, "", "en").alt.startswith("Timeline of All that is held:")


def test_a_single_document_has_a_year_to_stand_in():
    picture = draw([event("2022-02-10")], "X", "en")

    assert picture.alt.startswith("Timeline of X: 1 document, 10 Feb 2022. press 1.")
    assert inked(picture) > 500


def test_what_is_not_listed_is_counted():
    many = [event(f"20{n:02}", f"Page {n}", id=str(n)) for n in range(40)]
    alt = draw(many, "X", "en").alt

    assert "40 documents" in alt
    assert alt.count("Press, “") == MOST_LISTED
    assert alt.splitlines()[1] == "2039: Press, “Page 39”."
    assert alt.endswith("… 30 more documents")


def test_dots_of_one_day_are_stacked_and_then_numbered():
    def height(many: int) -> int:
        day = [event("2022-02-10", id=str(n)) for n in range(many)]
        rows = [event("2021-01-01", id=f"x{n}") for n in range(20)]
        return opened(draw([*day, *rows], "X", "en")).height

    assert height(20) == height(300)


def test_numbers_side_by_side_do_not_touch():
    def height(second: str) -> int:
        days = ("2022-01-01", second, "2022-12-31")
        held = [event(day, id=f"{day} {n}") for day in days for n in range(12)]
        return opened(draw(held, "X", "en")).height

    assert height("2022-01-11") > height("2022-06-11")


def test_a_title_that_is_too_long_is_shortened_and_never_runs_over_the_edge():
    picture = draw([event("2020", "w" * 5000), event("2021", "a " * 900)], "X", "en")

    assert "…”" in picture.alt
    assert len(picture.alt) < LONGEST_ALT
    image = opened(picture).convert("L")
    edge = image.crop((WIDTH - 20, 0, WIDTH, image.height))
    assert edge.getextrema() == (255, 255)


def test_a_title_in_letters_that_the_font_lacks_is_in_the_words_alone():
    hebrew = event("2020", "שלום")
    blank = event("2020", "日本")

    assert "“שלום”" in draw([hebrew], "X", "en").alt
    assert draw([hebrew], "X", "en").png == draw([blank], "X", "en").png


def test_letters_of_europe_are_drawn():
    accents = draw([event("2020", "Éà ñ ł ő ș Αθήνα Київ „“ « » ’")], "X", "en")

    assert accents.png != draw([event("2020", "日本")], "X", "en").png


def test_lines_and_signs_that_act_stay_in_their_row():
    alt = draw([event("2020", "one\n\ntwo\tthree")], "X", "en").alt

    assert "“one two three”" in alt
    assert len(alt.splitlines()) == 2


@pytest.mark.parametrize("dates", [("0001", "9998-12-31"), ("1970", "2026-11")])
def test_any_span_of_years_has_its_marks(dates: Sequence[str]):
    assert inked(draw([event(when) for when in dates], "X", "en")) > 500


def test_a_timeline_of_nothing_is_an_error_of_ours():
    with pytest.raises(ValueError, match="needs an event"):
        draw((), "X", "en")


def test_many_may_draw_at_once():
    with ThreadPoolExecutor(8) as pool:
        drawn = set(pool.map(lambda _: draw(EVENTS, "X", "en").png, range(16)))

    assert len(drawn) == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.builds(
            DatedEvent,
            st.builds(PartialDate, st.integers(1990, 2030), st.just(3), st.just(9)),
            st.sampled_from(Kind),
            st.text(max_size=5),
            st.text(max_size=400),
        ),
        min_size=1,
        max_size=30,
    ),
    st.text(max_size=120),
)
def test_whatever_is_held_is_drawn_and_said_within_the_limits(events, subject):
    picture = draw(events, subject, "en")

    assert len(picture.alt.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST_ALT
    assert opened(picture).width == WIDTH
