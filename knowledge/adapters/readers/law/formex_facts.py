"""What a Formex file says of its act: title, language, number and dates."""

from collections.abc import Mapping

from knowledge.adapters.readers.law.acts import described, two_letters
from knowledge.adapters.readers.law.formex import title_lines
from knowledge.adapters.readers.law.markup import Element, even, first


def formex_facts(root: Element) -> Mapping[str, object]:
    """What the file says of the act and of this version of it."""
    facts = first(root, "INFO.CONSLEG")
    celex = first(root, "NO.CELEX")
    number = "" if celex is None else even(celex.text or "")
    version = (facts.get("START.DATE") or "") if facts is not None else ""
    language = first(root, "LG.DOC")
    code = two_letters("" if language is None else language.text or "")
    if version and number[:1] == "3":
        number = f"0{number[1:]}-{version}"
    url = "https://eur-lex.europa.eu/legal-content/{}/TXT/?uri=CELEX:{}"
    day = _first_date(root)
    return described(
        title=" ".join(title_lines(root)),
        language=code,
        country="EU",
        publisher="EUR-Lex",
        url=url.format(code.upper() or "EN", number) if number else "",
        event_on=_iso(day),
        published_on=_iso(version),
    )


def _first_date(root: Element) -> str:
    """The act's own date: the first one in its title."""
    title = first(root, "TITLE")
    day = None if title is None else first(title, "DATE")
    return "" if day is None else day.get("ISO") or ""


def _iso(day: str) -> str:
    whole = len(day) == 8 and day.isdigit() and day < "9"
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if whole else ""
