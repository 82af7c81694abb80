"""Small laws in each of the layouts that publishers use, written for the tests."""

from collections.abc import Sequence

Article = tuple[str, str, str]
"""What heads it, its title, and its markup."""


def page(inner: str, head: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML//EN"'
        ' "xhtml-strict.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        f"<title>L_1.xml</title>{head}</head><body>{inner}<script>x()</script></body></html>"
    ).encode()


def point(sign: str, *inner: str) -> str:
    text = "".join(
        i if i.startswith("<") else f'<p class="oj-normal">{i}</p>' for i in inner
    )
    return (
        '<table width="100%"><col width="4%"/><col width="96%"/><tbody><tr>\n<td>'
        f'<p class="oj-normal">{sign}</p></td>\n<td>{text}</td></tr></tbody></table>'
    )


def numbered(identity: str, text: str, *inner: str) -> str:
    return f'<div id="{identity}"><p class="oj-normal">{text}</p>{"".join(inner)}</div>'


def journal_article(number: int, word: str, title: str, inner: str) -> str:
    return (
        f'<div class="eli-subdivision" id="art_{number}"><p class="oj-ti-art">{word} '
        f'{number}</p><div class="eli-title" id="art_{number}.tit_1"><p class="oj-sti-art">'
        f"{title}</p></div>{inner}</div>"
    )


PARAGRAPHS = numbered(
    "001.001",
    "1.\xa0\xa0\xa0Processing is lawful only\n   where <span>it is</span> said:",
    *(point(f"({x})", f"reason {x} (<span class='oj-super'>1</span>);") for x in "abc"),
    point("(d)", "where:", point("(i)", "first;"), point("(ii)", "second.")),
    '<p class="oj-normal">Point (d) does not hold for authorities.</p>',
) + numbered("001.002", "2.\xa0\xa0\xa0It ends.")


def journal(
    articles: Sequence[str] = (
        journal_article(1, "Article", "Lawfulness", PARAGRAPHS),
        journal_article(
            2, "Article", "Entry into force", "<p>It enters into force.</p>"
        ),
    ),
    *,
    language: str = "EN",
    recitals: Sequence[int] = (1, 2),
) -> bytes:
    """An act in the layout of the Official Journal."""
    whereas = "".join(
        f'<div class="eli-subdivision" id="rct_{n}">{point(f"({n})", f"Reason {n} counts.")}</div>'
        for n in recitals
    )
    return page(
        '<table><tbody><tr><td><p class="oj-hd-date">4.5.2016   </p></td><td>'
        f'<p class="oj-hd-lg">{language}</p></td><td><p class="oj-hd-ti">Official Journal of '
        'the European Union</p></td></tr></tbody></table><hr class="oj-separator"/>'
        '<div class="eli-container"><div class="eli-main-title" id="tit_1">'
        '<p class="oj-doc-ti">REGULATION (EU) 2016/1</p><p class="oj-doc-ti">of 27 April 2016\n</p>'
        '<p class="oj-doc-ti">on laws</p><p class="oj-doc-ti">(Text with EEA relevance)</p></div>'
        '<div class="eli-subdivision" id="pbl_1"><p class="oj-normal">THE PARLIAMENT,</p>'
        f'<p class="oj-normal">Whereas:</p>{whereas}'
        '<p class="oj-normal">HAS ADOPTED THIS REGULATION:</p></div>'
        '<div id="cpt_I"><p class="oj-ti-section-1">CHAPTER I</p><div class="eli-title">'
        f'<p class="oj-ti-section-2">General</p></div>{"".join(articles)}</div>'
        '<div class="eli-subdivision" id="fnp_1"><div class="oj-final"><p class="oj-normal">'
        "Done at Brussels, 27 April 2016.</p></div></div></div>"
        '<div class="eli-container" id="anx_I"><p class="oj-doc-ti">ANNEX I</p><p '
        'class="oj-doc-ti">Lists</p><p class="oj-ti-grseq-1">Section A — Agencies</p>'
        f"{point('1.', 'Europol;')}{point('2.', 'Frontex.')}</div>"
        '<hr class="oj-note"/><p class="oj-note"><a>(<span>1</span>)</a>  OJ C 1, p. 1.</p>',
        '<link rel="canonical" href="https://eur-lex.example/eli/reg/2016/1/oj/fra"/>',
    )


def grid(sign: str, inner: str) -> str:
    return (
        '<div class="grid-container grid-list"><div class="list grid-list-column-1"><span>'
        f'{sign} </span></div><div class="grid-list-column-2">{inner}</div></div>'
    )


def consolidated() -> bytes:
    """The same act in the layout of a consolidated text, amended."""
    points = "".join(grid(f"({x})", f'<p class="norm">reason {x};</p>') for x in "abc")
    points += grid(
        "(d)",
        f'<p class="norm">where:</p>{grid("(i)", "<p>first;</p>")}{grid("(ii)", "<p>second.</p>")}',
    )
    return page(
        '<p class="reference">02016R0001 — EN — 12.07.2024 — 001.001</p><p class="disclaimer">'
        'Not binding.</p><table><tr><td><p class="arrow"><a>►B</a></p></td><td>'
        '<p class="title-doc-first">REGULATION (EU) 2016/1</p></td></tr></table>'
        '<div class="eli-container"><div class="eli-main-title" id="tit_1">'
        '<p class="title-doc-first">REGULATION (EU) 2016/1</p><p class="title-doc-first">of 27 '
        'April 2016</p><p class="title-doc-last">on laws</p></div><div id="cpt_I">'
        '<p class="title-division-1">CHAPTER I</p><p class="title-division-2">General</p>'
        '<div class="eli-subdivision" id="art_1"><p class="title-article-norm">Article 1</p>'
        '<div class="eli-title"><p class="stitle-article-norm">Lawfulness</p></div>'
        '<div class="norm"><span class="no-parag">1.  </span><div class="norm inline-element">'
        f'<p class="norm inline-element">Processing is lawful only where:</p>{points}</div></div>'
        '<p class="norm">Point (d) does not hold for authorities.</p>'
        '<p class="modref"><a>▼M1</a></p><div class="norm"><span class="no-parag">2.  </span>'
        '<div class="norm inline-element">It ends.</div></div></div>'
        '<div class="eli-subdivision" id="art_2"><p class="title-article-norm">Article 2</p>'
        '<p class="norm">It enters into force.</p></div></div></div>'
        '<div id="anx_I"><p class="title-annex-1">ANNEX I</p><p class="title-annex-2">Lists</p>'
        '<p class="title-gr-seq-level-1">Section A — Agencies</p>'
        f"{grid('1.', '<p>Europol;</p>')}{grid('2.', '<p>Frontex.</p>')}</div>"
        '<p class="footnote">(<a>1</a>) OJ C 1, p. 1.</p>',
        '<link rel="canonical" href="https://eur-lex.example/eli/reg/2016/1/2024-07-12/fra"/>',
    )


AKOMA_NTOSO = """<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="x"><meta>
<identification source=""><FRBRWork><FRBRuri value="/akn/it/act/2005/82"/>
<FRBRalias name="urn:nir" value="urn:nir:stato:decreto.legislativo:2005-03-07;82"/>
<FRBRdate date="2005-03-07" name=""/><FRBRcountry value="it"/></FRBRWork>
<FRBRExpression><FRBRdate date="2025-01-30" name=""/><FRBRlanguage language="ita"/>
</FRBRExpression></identification></meta>
<preface><p><docType>DECRETO</docType> <docNumber>82</docNumber> <docTitle>Codice.</docTitle></p>
</preface><preamble><citation><p>Vista la <ref href="#x">legge 7</ref>;</p></citation></preamble>
<body><chapter eId="chp_I"><num>Capo I</num><heading>Principi</heading>
<article eId="art_1"><num>Art. 1.</num><heading> Definizioni</heading>
<paragraph><num>1.</num><list><intro><p>Si intende per:
 </p></intro>
<point><num>i)</num><content><p>uno; </p></content></point>
<point><num>i-bis)</num><content><p>due <ins>((e mezzo))</ins>; </p></content></point>
<point><num>z)</num><content><p>tre; </p></content></point>
<point><num>aa)</num><content><p>quattro. </p></content></point></list></paragraph>
<paragraph><num>1-bis.</num><content><p>Valgono le definizioni.</p></content></paragraph></article>
<article eId="art_1-bis"><num>Art. 1-bis.</num><heading/><paragraph><content><p>
<ins>((ARTICOLO ABROGATO))</ins></p></content></paragraph></article>
<article eId="art_2"><num>Art. 2.</num><heading/><paragraph><num>1.</num><content>
<p>Resta fermo.</p></content></paragraph></article></chapter></body>
<conclusions><p>Dato a Roma.</p></conclusions></act></akomaNtoso>"""

FORMEX = """<CONS.ACT><INFO.CONSLEG START.DATE="20200202"/><CONS.DOC><FAM.COMP><BIB.DATA>
<NO.CELEX>32009R0810</NO.CELEX><TITLE><TI><P><HT TYPE="UC">Verordnung</HT> 810</P>
<P>vom <DATE ISO="20090713">13. Juli 2009</DATE></P></TI></TITLE></BIB.DATA></FAM.COMP>
<BIB.INSTANCE><LG.DOC>DE</LG.DOC></BIB.INSTANCE>
<TITLE><TI><P><HT TYPE="UC">Verordnung</HT> 810</P><P>vom <DATE ISO="20090713">13. Juli 2009</DATE>
</P></TI></TITLE><ENACTING.TERMS><DIVISION><TITLE><TI><P>TITEL I</P></TI></TITLE>
<ARTICLE IDENTIFIER="001"><TI.ART>Artikel 1</TI.ART><STI.ART>Ziel</STI.ART>
<PARAG><NO.PARAG>(1)</NO.PARAG><ALINEA>Sie gilt<NOTE><P>ABl. L 81.</P></NOTE>, so lange.</ALINEA></PARAG>
<PARAG><NO.PARAG>(1a)</NO.PARAG><ALINEA><P>Der Ausdruck <QUOT.START CODE="201E"/>Visum<QUOT.END
 CODE="201C"/> meint:</P><LIST><ITEM><NP><NO.P>a)</NO.P><TXT>eins,</TXT></NP></ITEM>
<ITEM><NP><NO.P>b)</NO.P><TXT>zwei,</TXT><P><LIST><ITEM><NP><NO.P>i)</NO.P><TXT>innen;</TXT></NP>
</ITEM></LIST></P></NP></ITEM></LIST></ALINEA></PARAG></ARTICLE>
<ARTICLE><TI.ART>Artikel 2</TI.ART><ALINEA><P>Artikel 13 erhält folgende Fassung:</P><QUOT.S>
<ARTICLE><TI.ART><QUOT.START CODE="201E"/>Artikel 13</TI.ART><ALINEA>Neu.</ALINEA></ARTICLE>
</QUOT.S></ALINEA></ARTICLE></DIVISION></ENACTING.TERMS><FINAL><P>Sie ist verbindlich.</P></FINAL>
<CONS.ANNEX><TITLE><TI><P>ANHANG I</P></TI></TITLE><CONTENTS><GR.SEQ><TITLE><TI><P>Felder</P></TI>
</TITLE><GR.SEQ><NO.GR.SEQ>1.1.</NO.GR.SEQ><P>Erstes Feld.</P></GR.SEQ><GR.SEQ>
<NO.GR.SEQ>1.2.</NO.GR.SEQ><P>Zweites Feld.</P></GR.SEQ></GR.SEQ></CONTENTS></CONS.ANNEX>
<CONS.ANNEX><TITLE><TI><P>ANHANG II</P></TI></TITLE><CONTENTS><DIVISION><TITLE><TI><P>KAPITEL I</P>
</TI></TITLE><ARTICLE><TI.ART>Artikel 1</TI.ART><ALINEA>Frei.</ALINEA></ARTICLE></DIVISION>
</CONTENTS></CONS.ANNEX></CONS.DOC></CONS.ACT>"""
