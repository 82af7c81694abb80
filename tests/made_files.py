"""PDF and Word files made by hand, so that every point of them is known."""

import io
import zipfile
import zlib
from collections.abc import Sequence

Placed = tuple[float, float, float, str]
"""x, y, size of type, text: a line of a page of 600 × 800 points."""


def pdf(
    pages: Sequence[Sequence[Placed]],
    *,
    pictures: Sequence[int] = (),
    title: str = "",
    font: str = "/Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding",
) -> bytes:
    """A PDF; ``pictures`` are the pages (from 0) that a picture covers."""
    objects: list[bytes] = [b""] * 4
    objects[2] = f"<< /Type /Font {font} >>".encode()
    objects[3] = _stream(
        b"\0" * 300,
        "/Type /XObject /Subtype /Image /Width 10 /Height 10 /BitsPerComponent 8 "
        "/ColorSpace /DeviceRGB",
    )
    kids = []
    for number, lines in enumerate(pages):
        drawn = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj ET\n"
            for x, y, size, text in lines
        )
        if number in pictures:
            drawn += "q 600 0 0 800 0 0 cm /Im1 Do Q\n"
        objects.append(
            _stream(drawn.encode("cp1252"), "/Filter /FlateDecode", pack=True)
        )
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << "
            b"/F1 3 0 R >> /XObject << /Im1 4 0 R >> >> /Contents %d 0 R >>"
            % len(objects)
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
    objects.append(f"<< /Title ({_escaped(title)}) >>".encode("cp1252"))
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(
        b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, len(objects), start)
    )
    return out.getvalue()


def _stream(data: bytes, said: str, *, pack: bool = False) -> bytes:
    data = zlib.compress(data) if pack else data
    head = f"<< {said} /Length {len(data)} >>\nstream\n".encode()
    return head + data + b"\nendstream"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def column(
    lines: Sequence[str], *, x: float = 60, top: float = 700, size: float = 10
) -> list[Placed]:
    """Lines one below the other, as close as those of one paragraph."""
    return [(x, top - n * size * 1.2, size, text) for n, text in enumerate(lines)]


TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats'
    b'-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    b'<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats'
    b'-package.core-properties+xml"/></Types>'
)
RELATIONS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package'
    b'/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    b'<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/'
    b'relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
)


def word(
    body: str,
    *,
    title: str = "",
    before: str = "",
    more: Sequence[tuple[str, bytes]] = (),
) -> bytes:
    """A Word file around a body in WordprocessingML; ``before`` stands before its root."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document xmlns:w="http://schemas'
        '.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxml'
        f'formats.org/markup-compatibility/2006"><w:body>{body}</w:body></w:document>'
    )
    core = (
        '<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org'
        '/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title></cp:coreProperties>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("docProps/core.xml", core)
        archive.writestr("word/document.xml", document)
        for name, data in more:
            archive.writestr(name, data)
    return out.getvalue()


def p(*texts: str) -> str:
    """A paragraph of these runs."""
    runs = (f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)
    return f"<w:p>{''.join(runs)}</w:p>"


def table(*rows: Sequence[str]) -> str:
    """A table of these cells."""
    made = (
        f"<w:tr>{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in row)}</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{''.join(made)}</w:tbl>"
