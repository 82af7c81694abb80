"""Files of every kind that is read, and what strangers may have done to their bytes."""

from collections.abc import Callable, Mapping, Sequence

from hypothesis import strategies as st

from tests.law_files import journal
from tests.made_files import column, p, pdf, table, word

TEXT = "Police in Japan used Clearview AI in 2024. It was a trial, they said."
PARTS = (b"", b"\0", b"\xff\xfe", b"<", b">", b"&#xD800;", b"]]>", b"---\n", b"[" * 99)
"""What breaks a format rather than a text."""

FRONT = f"""---
title: A page
kind: press
vendors: [clearview-ai]
sources:
  - title: "One"
    published_on: 2024-05-01
---
{TEXT}
"""
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>A page</title>
<meta property="article:published_time" content="2024-05-01"></head><body><nav>Menu</nav>
<article><h1>A page</h1><p>{TEXT}</p><ul><li>{TEXT}</li></ul></article></body></html>"""
ACT = """<?xml version="1.0"?><akomaNtoso><act><meta/><body><article eId="art_1"><num>
Article 1</num><paragraph><content><p>It holds.</p></content></paragraph></article>
</body></act></akomaNtoso>"""

SEEDS: Mapping[str, Sequence[bytes]] = {
    ".txt": [TEXT.encode(), TEXT.encode("utf-16")],
    ".md": [FRONT.encode(), b"---\n" + b"a: [" * 50],
    ".html": [PAGE.encode(), journal()],
    ".xml": [ACT.encode()],
    ".pdf": [pdf([column([TEXT, TEXT])], title="A page")],
    ".docx": [word(p(TEXT) + table([TEXT, TEXT]), title="A page")],
}
"""By their ending."""


def altered(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """One of these, with pieces cut out, doubled, or put in."""
    return st.sampled_from(seeds).flatmap(
        lambda seed: st.lists(_change(len(seed)), min_size=1, max_size=4).map(
            lambda changes: _after(seed, changes)
        )
    )


def marked_up(data: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Word files that are whole, around a body that nobody would write."""
    inner = st.one_of(
        data.map(p),
        st.lists(data, max_size=3).map(lambda cells: table(cells)),
        st.sampled_from(["<w:p/>", "<w:tbl/>", "<w:tbl><w:tr/></w:tbl>", "<w:sdt/>"]),
    )
    return st.lists(inner, max_size=6).map(lambda parts: word("".join(parts)))


Change = Callable[[bytes], bytes]


def _change(size: int) -> st.SearchStrategy[Change]:
    at, length = st.integers(0, size), st.integers(0, 40)
    put = st.one_of(st.sampled_from(PARTS), st.binary(max_size=8))
    return st.one_of(
        st.builds(lambda a, n: lambda d: d[:a] + d[a + n :], at, length),
        st.builds(lambda a, n: lambda d: d[: a + n] + d[a:], at, length),
        st.builds(lambda a, b: lambda d: d[:a] + b + d[a:], at, put),
        st.builds(lambda a, b: lambda d: d[:a] + b + d[a + len(b) :], at, put),
        st.builds(lambda a: lambda d: d[:a], at),
    )


def _after(seed: bytes, changes: Sequence[Change]) -> bytes:
    for change in changes:
        seed = change(seed)
    return seed
