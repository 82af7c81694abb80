"""`quis kb diff` and `impact`: what a publication or a retraction would change."""

import difflib
from collections.abc import Iterator

import typer

from bot.cli.kb_show import AsJson, Identity
from bot.cli.session import Exit, session_of
from knowledge.model import Document, Status


def diff(context: typer.Context, document: Identity, as_json: AsJson = False) -> int:
    """What the newest revision would change of the published one."""
    session = session_of(context)
    with session.open() as opened:
        revisions = opened.library.revisions(document)
    newest = revisions[-1]
    published = next((d for d in revisions if d.status is Status.PUBLISHED), None)
    lines = list(_unified(published, newest)) if published else []
    if as_json:
        session.record(
            {
                "id": document,
                "from": published.revision if published else None,
                "to": newest.revision,
                "diff": lines,
            }
        )
    elif published is None:
        session.say("diff.unpublished", document=document)
    elif not lines:
        session.say("diff.same", document=document)
    else:
        for line in lines:
            session.line(line)
    return Exit.DONE


def impact(context: typer.Context, document: Identity, as_json: AsJson = False) -> int:
    """What a retraction would take out of answers, and which posted ones it would mark."""
    from bot.records import passage_record

    session = session_of(context)
    with session.open() as opened:
        library = opened.library
        revisions = library.revisions(document)
        published = next((d for d in revisions if d.status is Status.PUBLISHED), None)
        passages = library.passages(document, published.revision) if published else ()
        touched = library.corrections.touched(document)
    if as_json:
        session.record(
            {
                "id": document,
                "revision": published.revision if published else None,
                "passages": [passage_record(passage) for passage in passages],
                "posts": {
                    "public": dict(touched.public),
                    "private": dict(touched.private),
                    "letters": dict(touched.letters),
                },
            }
        )
    else:
        session.say("impact.passages", count=len(passages), document=document)
        for key, counts in (
            ("posts", touched.public),
            ("private", touched.private),
            ("letters", touched.letters),
        ):
            for platform, count in sorted(counts.items()):
                name = platform.capitalize()
                session.say(f"impact.{key}", count=count, platform=name)
        if not (touched.public or touched.private or touched.letters):
            session.say("impact.nowhere")
    return Exit.DONE


def _unified(old: Document, new: Document) -> Iterator[str]:
    return difflib.unified_diff(
        _written(old),
        _written(new),
        f"{old.id}@{old.revision} ({old.status})",
        f"{new.id}@{new.revision} ({new.status})",
        lineterm="",
    )


def _written(document: Document) -> list[str]:
    """The lines that are compared: metadata, then the body."""
    from bot.records import document_record

    record = document_record(document, body=False)
    left_out = {
        "id",
        "questions",
        "wordings",
        "revision",
        "status",
        "vetting",
        "vetted_on",
        "rechecked_on",
    }
    lines = [f"{key}: {value}" for key, value in record.items() if key not in left_out]
    lines += [f"question ({q.language}): {q.text}" for q in document.questions]
    lines += [f"wording ({q.language}): {q.text}" for q in document.wordings]
    return [*lines, "", *document.body.splitlines()]
