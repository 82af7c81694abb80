"""Any card whatever, for renderers' property tests; texts that mean trouble among them."""

from hypothesis import strategies as st

from bot import cards as c

NASTY = (
    "<!channel> <!here> <@U012345> <#C012345> <!subteam^S01|@all>",
    "<https://evil.example|harmless> [label](https://evil.example) javascript:alert(1)",
    "@everyone @here :warning: *bold* _it_ ~no~ `code` ```fence``` > quote",
    "&lt;!channel&gt; &amp; & < >",
    "\u202eevil\u202c \u2066x\u2069 \u2067y",
    "هل تُستخدم كلير فيو في إيطاليا؟ האם זה פעיל",
    "Z̸̛̗̹͎͖͕͙̈́̈́a̶͙̾l̷̰̈́g̸̡̛o̴͇͋ e\u0301e\u0301 🏳️‍🌈 👩‍👩‍👧 🇮🇹🇫🇷 👍🏽",
    "a\x00b\x1b[31mc\ud800d\u2028e\r\nf\tg\nh",
)
LINKS = (
    "https://example.org/a",
    'http://example.org/a b<c>|d"e',
    "https://user:pw@evil.example/x",
    "https://bücher.example/ü?q=é#:~:text=a%2Cb",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://",
    "https://[bad/",
    "https://a..b/",
    "ftp://example.org/",
    "/relative",
    "https://example.org/" + "x" * 4000,
    "https://example.org:99999999/",
)

short = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=30), st.sampled_from(NASTY)
)
long = st.one_of(
    short,
    st.builds(lambda text, times: text * times, short, st.integers(1, 40)),
)
links = st.one_of(st.sampled_from(LINKS), short)
maybe = st.none() | short

citations = st.builds(
    c.Citation,
    publisher=short,
    language=short,
    title=short,
    date=maybe,
    link=links,
    archived_link=st.none() | links,
    archived_label=short,
)


def quotes(asides):
    return st.builds(
        c.Quote,
        number=st.integers(0, 99),
        kind=short,
        date=maybe,
        text=long,
        opening=st.sampled_from(["“", "«\u00a0"]),
        closing=st.sampled_from(["”", "\u00a0»"]),
        sources=st.lists(citations, max_size=3).map(tuple),
        also=short,
        caption=st.lists(short, max_size=3).map(tuple),
        warning=maybe,
        exact_link=st.none() | links,
        exact_label=short,
        translation=st.none() | st.builds(c.Translated, label=short, text=long),
        asides=asides,
        before=st.just("") | short,
        after=st.just("") | short,
    )


plain_quotes = quotes(st.just(()))
full_quotes = quotes(
    st.lists(
        st.builds(c.Aside, label=short, pointer=maybe, quote=st.none() | plain_quotes),
        max_size=2,
    ).map(tuple)
)
options = st.lists(st.tuples(short, short), max_size=5).map(tuple)
buttons = st.builds(
    c.Button,
    label=short,
    action=st.sampled_from(c.Action),
    key=st.just("k"),
    argument=st.sampled_from(["", "1", "a@IT"]),
    weight=st.sampled_from(c.Weight),
    name=short,
)
menus = st.builds(
    c.Menu,
    label=short,
    action=st.sampled_from(c.Action),
    options=options,
    chosen=short,
)
rows = st.builds(c.CoverageRow, name=short, count=short, newest=short, kinds=short)
tables = st.integers(1, 4).flatmap(
    lambda wide: st.builds(
        c.Table,
        st.tuples(*[short] * wide),
        st.lists(st.tuples(*[short] * wide), max_size=5).map(
            lambda rows: tuple(rows * 9)
        ),
    )
)
facts = st.builds(
    c.Fact,
    short,
    short,
    st.sampled_from(c.Mark),
    channels=st.lists(st.sampled_from(["C0123", "D1", "x"]), max_size=2).map(tuple),
)
blocks = st.one_of(
    st.builds(c.Heading, short),
    st.builds(c.Line, long),
    st.builds(c.Notice, long),
    full_quotes,
    st.builds(c.Section, short, st.lists(full_quotes, max_size=4).map(tuple)),
    st.builds(
        c.CoverageList,
        short,
        st.lists(rows, max_size=5).map(lambda rows: tuple(rows * 12)),
        short,
        maybe,
    ),
    st.builds(c.Suggestions, short, st.lists(short, max_size=6).map(tuple)),
    tables,
    st.builds(c.Facts, st.lists(facts, max_size=4).map(tuple)),
    st.builds(
        c.Actions,
        st.lists(buttons, max_size=4).map(lambda made: tuple(made * 4)),
        st.lists(menus, max_size=3).map(tuple),
    ),
    st.builds(c.Picture, name=st.just("t.png"), png=st.just(b""), alt=long),
    st.builds(c.Copy, short, long),
    st.builds(
        c.Attachment,
        name=st.just("a.zip"),
        data=st.just(b"zip"),
        label=short,
        sent=short,
        lost=short,
    ),
)
cards = st.builds(c.Card, short, st.lists(blocks, max_size=60).map(tuple), remark=short)
forms = st.builds(
    c.Form,
    id=st.just("quis:wrong:k:"),
    title=short,
    submit=short,
    intro=long,
    fields=st.lists(
        st.builds(
            c.Field,
            name=st.uuids().map(str),
            label=short,
            input=st.sampled_from(c.Input),
            value=long,
            hint=short,
            required=st.booleans(),
            longest=st.integers(1, 5000),
            options=st.lists(
                st.tuples(short, st.text("ab", min_size=1)), min_size=1, max_size=120
            ).map(tuple),
        ),
        max_size=5,
    ).map(tuple),
)
