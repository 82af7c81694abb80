"""What the soak takes for growth; the soak itself is for a calm machine."""

import pytest

from tests.platforms.soak import Sample, growth


def steady(count=40, **more):
    """Samples of a process that fills up in the first quarter and then stands still."""
    samples = []
    for number in range(count):
        held = {"megabytes": 200.0 + 100 * min(1, 4 * number / count)}
        held |= {"threads": 30 + number % 2, "files": 60 - number % 2}
        held |= {name: step(number) for name, step in more.items()}
        samples.append(Sample(seconds=float(number), **held))
    return samples


def test_a_process_that_fills_up_and_stands_still_has_not_grown():
    assert growth(steady()) == []


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("megabytes", lambda number: 300.0 + 2 * number),
        ("threads", lambda number: 30 + number // 5),
        ("files", lambda number: 60 + number // 5),
    ],
)
def test_what_grows_until_the_end_is_told(name, step):
    (line,) = growth(steady(**{name: step}))
    assert line.startswith("memory" if name == "megabytes" else name)


def test_of_too_few_samples_nothing_is_told():
    assert growth(steady(3)) == ["too few samples to tell"]
