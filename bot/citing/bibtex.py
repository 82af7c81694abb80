"""A reference as an entry of BibTeX, in UTF-8 as biber and bibtex8 read it."""

from bot.citing.reference import Reference

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def as_bibtex(cited: Reference) -> str:
    """An entry ``@misc``, the one type that every style of BibTeX has.

    Braces keep a publisher from being taken apart as a name, and a title's capitals.
    """
    fields = [
        ("author", f"{{{_escaped(cited.author)}}}" if cited.author else ""),
        ("title", f"{{{_escaped(cited.title)}}}"),
        ("year", f"{cited.date.year:04}" if cited.date else ""),
        ("url", _address(cited.url) if cited.url else ""),
        ("language", cited.language),
        ("note", _escaped(_noted(cited))),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    if cited.date and cited.date.month:
        lines.insert(3, f"  month = {_MONTHS[cited.date.month - 1]},")
    return "\n".join([f"@misc{{{cited.key},", *lines, "}"])


def _noted(cited: Reference) -> str:
    return f"{cited.note}. {cited.archived}" if cited.archived else cited.note


def _escaped(text: str) -> str:
    return "".join(_SIGNS.get(sign, sign) for sign in text)


def _address(url: str) -> str:
    """Styles set it as it is; a brace in it would end the field."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
