"""A proof → the files of an evidence pack, by their names; and those as one ZIP file.

Nothing is written here. Every file but the page is text in UTF-8. Two packs of one proof
are the same to the byte.
"""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from io import BytesIO

from bot.catalogue import Words
from bot.citing import Citations, citations
from bot.records import document_record, ledger_record
from bot.replies.fates import fate_line, fate_record
from knowledge.model import Status
from knowledge.proofs import Proof

LARGEST_PAGE = 7 * 1024 * 1024
"""Bytes of a page that still go into a chat's file; Discord takes 10 MiB in all."""

SUMS = "SHA256SUMS"

_ENDINGS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "text/plain": "txt",
    "text/markdown": "md",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP file can say


def cited(proof: Proof, words: Words) -> Citations:
    """The passage's citations; what is no longer published is said to be so."""
    published = proof.fate.status is Status.PUBLISHED
    standing = "" if published else fate_line(proof.fate, words)
    return citations(proof.document, proof.passage, words, standing=standing)


def pack(
    proof: Proof, words: Words, *, largest_page: int | None = None
) -> Mapping[str, bytes]:
    """All files, the one to read first first. A page larger than that is left out."""
    made = cited(proof, words)
    document = document_record(proof.document, [proof.passage])
    files: dict[str, str | bytes] = {
        "quote.txt": proof.passage.text,
        "citation.txt": f"{made.plain}\n",
        "citation.md": f"{made.markdown}\n",
        "citation.bib": f"{made.bibtex}\n",
        "citation.json": f"{made.csl}\n",
        "document.json": _json(
            {
                "address": proof.address,
                "now": fate_record(proof.fate),
                "snapshot": proof.snapshot,
                **document,
            }
        ),
        "body.txt": proof.document.body,
        "history.json": _json([ledger_record(line) for line in proof.history]),
    }
    page = _page_name(proof)
    if page and proof.page and len(proof.page.page.body) <= (largest_page or 1 << 40):
        files[page] = proof.page.page.body
        files["page.json"] = _json(dict(proof.page.record))
    first = _read_first(proof, made, tuple(files), words)
    encoded = {
        name: text if isinstance(text, bytes) else text.encode()
        for name, text in {"README.md": first, **files}.items()
    }
    sums = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n"
        for name, data in encoded.items()
    )
    return {**encoded, SUMS: sums.encode()}


def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
    """The files as a ZIP file, in a folder of this name."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(f"{folder}/{name}", _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def folder_name(proof: Proof) -> str:
    """``quis-ID-REVISION-START-END``: a name that any system takes."""
    passage = proof.passage
    return f"quis-{passage.document}-{passage.revision}-{passage.start}-{passage.end}"


def _page_name(proof: Proof) -> str | None:
    if proof.page is None:
        return None
    kind = proof.page.page.content_type.partition(";")[0].strip().lower()
    return f"page.{_ENDINGS.get(kind, 'bin')}"


def _read_first(
    proof: Proof, made: Citations, names: tuple[str, ...], words: Words
) -> str:
    said = {
        "quote.txt": "quote",
        "document.json": "document",
        "body.txt": "body",
        "history.json": "history",
        "page.json": "page",
    }
    listed = []
    for name in names:
        kind = said.get(name) or ("page" if name.startswith("page.") else "citation")
        listed.append(f"- `{name}`: {words(f'evidence.{kind}')}")
    listed.append(f"- `{SUMS}`: {words('evidence.sums')}")
    if proof.snapshot is None:
        listed += ["", words("evidence.no-page")]
    elif proof.page is None:
        listed += ["", words("evidence.page-gone", hash=proof.snapshot)]
    elif "page.json" not in names:
        listed += ["", words("evidence.page-large", hash=proof.snapshot)]
    quoted = "\n".join(f"    {line}" for line in proof.passage.text.split("\n"))
    parts = [
        f"# {proof.address}",
        f"**{fate_line(proof.fate, words)}**",
        f"## {words('evidence.words')}",
        quoted,
        made.markdown,
        f"## {words('evidence.files')}",
        "\n".join(listed),
    ]
    return "\n\n".join(parts) + "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
