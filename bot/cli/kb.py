"""`quis kb`: what is held, and the steps that change it."""

import typer

from bot.cli import (
    kb_add,
    kb_check,
    kb_compare,
    kb_corrections,
    kb_coverage,
    kb_files,
    kb_gaps,
    kb_queue,
    kb_review,
    kb_show,
)

kb = typer.Typer(
    help="Keep the knowledge: add, review, look up and check documents.",
    rich_markup_mode=None,
)
kb.command()(kb_add.add)
kb.command()(kb_files.sync)
kb.command()(kb_files.lint)
kb.command(name="list")(kb_show.listed)
kb.command()(kb_show.show)
kb.command()(kb_show.history)
kb.command()(kb_compare.diff)
kb.command()(kb_compare.impact)
kb.command()(kb_corrections.corrections)
kb.command(name="submit")(kb_review.submit)
kb.command(name="approve")(kb_review.approve)
kb.command(name="return")(kb_review.return_)
kb.command(name="reject")(kb_review.reject)
kb.command(name="publish")(kb_review.publish)
kb.command(name="recheck")(kb_review.recheck)
kb.command(name="vet")(kb_review.vet)
kb.command()(kb_review.retract)
kb.command()(kb_add.correct)
kb.command()(kb_coverage.coverage)
kb.command()(kb_gaps.gaps)
kb.command()(kb_queue.queue)
kb.command()(kb_check.verify)
kb.command()(kb_check.selftest)
kb.command()(kb_files.export)
