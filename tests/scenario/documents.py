"""Files of documents for the command line."""

from pathlib import Path

ARTICLE = Path(__file__).parents[3] / "shared" / "samples" / "clearview-22-pays.fr.txt"
ARTICLE_SENTENCE = (
    "À notre échelle européenne, la carte nous permet de constater que l’Italie, la Grèce"
    " et les Pays-Bas travaillent, ou sont la cible d’une collaboration avec Clearview."
)

IN_JAPAN = "Police in Japan used Clearview AI in 2024, the paper says."

FRONT = """---
{more}title: "{title}"
publisher: The Paper
url: https://paper.example/{identity}
published_on: "2024-05-01"
kind: press
form: source
language: en
---
"""


def markdown(
    folder: Path,
    identity: str,
    body: str,
    *,
    title: str = "A page",
    more: str = "",
) -> Path:
    """A file that can be published as it is."""
    path = folder / f"{identity}.md"
    front = FRONT.format(title=title, identity=identity, more=more and f"{more}\n")
    path.write_text(f"{front}\n{body}\n", encoding="utf-8")
    return path


def in_japan(folder: Path, identity: str = "jp-1", body: str = IN_JAPAN) -> Path:
    """What is held on Clearview in Japan, once it is added."""
    return markdown(folder, identity, body)
