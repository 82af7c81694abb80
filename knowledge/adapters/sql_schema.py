"""The tables as the newest schema has them; how they came about is in the migrations.

Every text is compared by code point on both databases (PostgreSQL: collation "C"), so
that an order never depends on where the store lives. Dates are text as
``PartialDate`` writes them, ``2020``, ``2020-02``, ``2020-02-17``: compared as text they
sort as ``PartialDate`` does. Lists that are read whole with their row are JSON.
"""

from sqlalchemy import (
    DDL,
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    event,
)
from sqlalchemy import Text as AnyText

Text = AnyText().with_variant(AnyText(collation="C"), "postgresql")
Big = BigInteger().with_variant(Integer, "sqlite")  # SQLite has one size

metadata = MetaData()

schema_versions = Table(
    "quis_schema",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("description", Text, nullable=False),
    Column("applied_at", Text, nullable=False),
)

# One row. It holds the counters that a writer locks, which puts writers in line: that
# makes the feed and the ledger free of gaps and their order the order of commits.
store = Table(
    "store",
    metadata,
    Column("singleton", Integer, CheckConstraint("singleton = 1"), primary_key=True),
    Column("id", Text, nullable=False),
    Column("feed_head", Big, nullable=False),
    Column("ledger_head", Big, nullable=False),
    Column("ledger_hash", Text, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("document", Text, primary_key=True),
    Column("revision", Integer, CheckConstraint("revision > 0"), primary_key=True),
    Column("status", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("sources", Text, nullable=False),
    Column("vendors", Text, nullable=False),
    Column("places", Text, nullable=False),
    Column("event_on", Text),
    Column("links", Text, nullable=False),
    Column("translations", Text, nullable=False),
    Column("vetting", Text, nullable=False),
    Column("vetted_on", Text),
    Column("rechecked_on", Text),
    Column("dated", Text),  # Document.dated, for coverage
    Column("body_sha256", Text, nullable=False),
    Column("body", Text, nullable=False),  # late: SQLite reads a row from its left
    Column(
        "questions", Text, nullable=False, server_default="[]"
    ),  # added by a migration
    Column("wordings", Text, nullable=False, server_default="[]"),  # likewise
    Index("revisions_by_body", "body_sha256"),
)
# In words: an ``Index`` takes the condition by each dialect's name, and loads all of it.
event.listen(
    revisions,
    "after_create",
    DDL(  # type: ignore[no-untyped-call]
        "CREATE UNIQUE INDEX one_published_revision ON revisions (document) "
        "WHERE status = 'published'"
    ),
)

# The links of a revision once more, to be found from the document that they name.
links = Table(
    "links",
    metadata,
    Column("document", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("relation", Text, primary_key=True),
    Column("target", Text, primary_key=True),
    ForeignKeyConstraint(
        ["document", "revision"], ["revisions.document", "revisions.revision"]
    ),
    Index("links_by_target", "target"),
)

# A passage's text is not stored a second time: it is body[start:end], by law 1.
passages = Table(
    "passages",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("locator", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("vendors", Text, nullable=False),
    Column("places", Text, nullable=False),
    Column("concepts", Text, nullable=False),
    ForeignKeyConstraint(
        ["document", "revision"], ["revisions.document", "revisions.revision"]
    ),
    Index("passages_in_order", "document", "revision", "start"),
)

# What passages are on: one row for each vendor × place of a passage, for coverage.
# A passage on a vendor alone or on a place alone has NULL for the other.
subjects = Table(
    "subjects",
    metadata,
    Column(
        "passage", Text, ForeignKey("passages.id", ondelete="CASCADE"), nullable=False
    ),
    Column("vendor", Text),
    Column("place", Text),
    Index("subjects_by_passage", "passage"),
    Index("subjects_by_vendor", "vendor", "place"),
    Index("subjects_by_place", "place"),
)

fingerprints = Table(
    "fingerprints",
    metadata,
    Column("document", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("fingerprint", Big, primary_key=True),
    ForeignKeyConstraint(
        ["document", "revision"], ["revisions.document", "revisions.revision"]
    ),
    Index("fingerprints_by_value", "fingerprint"),
)

feed = Table(
    "feed",
    metadata,
    Column("sequence", Big, primary_key=True, autoincrement=False),
    Column("operation", Text, nullable=False),
    Column("passage", Text, nullable=False),
)

ledger = Table(
    "ledger",
    metadata,
    Column("sequence", Big, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("ledger_by_document", "document", "sequence"),
    Index("ledger_by_step", "step", "at"),
)

# --- what is kept for servers and workspaces ---------------------------------------

# Settings are JSON, so that a new one needs no new column; what is missing is default.
tenants = Table(
    "tenants",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("tenant", Text, primary_key=True),
    Column("settings", Text, nullable=False),
)

seen_events = Table(
    "seen_events",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("tenant", Text, primary_key=True),
    Column("event", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Index("seen_events_by_age", "at"),
)

# Where questions stand that were taken up, until something was said to them; no words.
pending_questions = Table(
    "pending_questions",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("tenant", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("message", Text, primary_key=True),
    Column("thread", Text),
    Column("at", Text, nullable=False),
    Column("holder", Text, nullable=False),
    Column("language", Text),
    Column("direct", Integer, nullable=False),
    Index("pending_questions_by_age", "at"),
)

posts = Table(
    "posts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("tenant", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("private", Integer, nullable=False),
    Column("vendors", Text, nullable=False),
    Column("places", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("reason", Text),
    Column("shown", Integer, nullable=False),
    Column("place_channel", Text),
    Column("place_message", Text),
    Column("place_thread", Text),
    Column("asker", Text),
    Column("thread", Text),
    Index("posts_by_place", "platform", "tenant", "place_channel", "place_message"),
    Index("posts_by_age", "at"),
)

# What a post shows, one row a quote: ``beside`` 0 is the passage at this position, the
# others stand beside it. No reference to ``passages``: a post outlives a retag.
shown = Table(
    "shown",
    metadata,
    Column("post", Text, ForeignKey("posts.key", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("beside", Integer, primary_key=True),
    Column("passage", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("standing", Text),
    Column("score", Float),
    Column("reasons", Text),
    Index("shown_by_passage", "passage"),
    Index("shown_by_document", "document"),
)

votes = Table(
    "votes",
    metadata,
    Column("post", Text, ForeignKey("posts.key", ondelete="CASCADE"), primary_key=True),
    Column("voter", Text, primary_key=True),
    Column("helpful", Integer, nullable=False),
    Column("reason", Text, nullable=False),
)

requests = Table(
    "requests",
    metadata,
    Column("id", Text, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("tenant", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("asker", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("vendors", Text, nullable=False),
    Column("places", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("document", Text),
    Column("card_channel", Text),
    Column("card_message", Text),
    Column("card_thread", Text),
    Index("requests_by_tenant", "platform", "tenant"),
    Index("requests_by_state", "state"),
)

proposals = Table(
    "proposals",
    metadata,
    Column("key", Text, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("tenant", Text, nullable=False),
    Column("proposer", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("target", Text),
    Column("state", Text, nullable=False),
    Column("document", Text),
    Column("revision", Integer, nullable=False),
    Column("card_channel", Text),
    Column("card_message", Text),
    Column("card_thread", Text),
    Index("proposals_by_state", "state"),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Text, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("tenant", Text, nullable=False),
    Column("post", Text, nullable=False),  # its key; the report outlives it
    Column("at", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("reporter", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("passages", Text, nullable=False),
    Column("resolution", Text),
    Column("told", Integer, nullable=False),
    Column("card_channel", Text),
    Column("card_message", Text),
    Column("card_thread", Text),
    Index("reports_by_tenant", "platform", "tenant"),
)

# What became of quotes that a post shows, one row a post, change and document quoted.
corrections = Table(
    "corrections",
    metadata,
    Column("post", Text, ForeignKey("posts.key", ondelete="CASCADE"), primary_key=True),
    Column("change", Big, primary_key=True),
    Column("document", Text, primary_key=True),
    Column("fall", Text, nullable=False),
    Column("by", Text),
    Column("revision", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("hindrance", Text),
    Column("edited", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Index("corrections_by_state", "state"),
)

# Work that one of several processes does, until a lease ends.
claims = Table(
    "claims",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("begun", Text, nullable=False),  # when it was claimed first
    Index("claims_by_age", "until"),
)

# What channels watch; '' for a vendor or a place that is not named.
watches = Table(
    "watches",
    metadata,
    Column("id", Text, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("tenant", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("vendor", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("rhythm", Text, nullable=False),
    Column("language", Text),
    Column("since", Text, nullable=False),
    Column("told", Big, nullable=False),
    Column("told_at", Text, nullable=False),
    Column("begun", Big),
    UniqueConstraint("platform", "tenant", "channel", "vendor", "place"),
)

refusals = Table(
    "refusals",
    metadata,
    Column("id", Text, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("tenant", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("vendors", Text, nullable=False),
    Column("places", Text, nullable=False),
    Column("concepts", Text, nullable=False),
    Column("text", Text),
    Index("refusals_by_tenant", "platform", "tenant", "at"),
    Index("refusals_by_age", "at"),
)

# The last look at the page of a source.
page_checks = Table(
    "page_checks",
    metadata,
    Column("url", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("problem", Text, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("lost", Text, nullable=False),
)

# The last digest of what waits, by the moderators that it was for.
digests = Table(
    "digests",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("tenant", Text, primary_key=True),
    Column("due", Text, nullable=False),
    Column("told", Integer, nullable=False),
)

# What the vocabulary of the files was changed by. ``laid`` is the line of the ledger by
# which a revision was published or retracted.
terms = Table(
    "terms",
    metadata,
    Column("term", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("status", Text, nullable=False),
    Column("proposed", Big, nullable=False),
    Column("laid", Big),
    Column("content", Text, nullable=False),
    Index("terms_laid", "laid"),
)
