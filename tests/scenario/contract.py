"""The object that `quis ask --json` prints: DESIGN, part 6, as a JSON schema."""

from jsonschema import Draft202012Validator


def exactly(properties, more=False):
    """An object with all of these keys; ``more``: with others, too."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": more,
    }


def listed(items, least=0):
    return {"type": "array", "items": items, "minItems": least}


def either(*kinds):
    return {"type": [*kinds, "null"]}


TEXT, COUNT = {"type": "string", "minLength": 1}, {"type": "integer", "minimum": 0}
IDS = listed(TEXT)
DATE = {"anyOf": [{"type": "null"}, {"pattern": r"^\d{4}(-\d\d(-\d\d)?)?$", **TEXT}]}
SOURCE = exactly(
    {
        "title": TEXT,
        "publisher": {"type": "string"},
        "url": either("string"),
        "published_on": DATE,
        "language": {"pattern": "^[a-z]{2}$", **TEXT},
    }
)
PASSAGE = exactly(
    {
        "quote": TEXT,
        "document": TEXT,
        "revision": {"type": "integer", "minimum": 1},
        "start": COUNT,
        "end": {"type": "integer", "minimum": 1},
        "locator": TEXT,
        "form": {"enum": ["source", "brief"]},
        "kind": {
            "enum": "law court-ruling regulator-decision procurement press research "
            "company-statement".split()
        },
        "event_on": DATE,
        "vetted_on": DATE,
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "link": either("string"),
        "sources": listed(SOURCE, least=1),
    },
    more=True,
)
ROW = exactly(
    {
        "vendor": either("string"),
        "place": either("string"),
        "count": {"type": "integer", "minimum": 1},
        "kinds": {
            "type": "object",
            "additionalProperties": {"type": "integer", "minimum": 1},
        },
        "newest": DATE,
    }
)
KEYS = {
    "question": {"type": "string"},
    "answered": {"type": "boolean"},
    "language": {"pattern": "^[a-z]{2}$", **TEXT},
    "mentions": exactly(
        {
            "vendors": IDS,
            "places": IDS,
            "concepts": IDS,
            "years": listed({"type": "integer"}),
        }
    ),
    "newest_event_on": DATE,
    "stale": {"type": "boolean"},
    "coverage": listed(ROW),
}
ANSWERED = {
    **KEYS,
    "answered": {"const": True},
    "reason": {"type": "null"},
    "passages": listed(PASSAGE, least=1),
}
REASONS = ["nothing-held", "below-threshold", "unknown-subject", "not-a-question"]
REFUSED = {
    **KEYS,
    "answered": {"const": False},
    "reason": {"enum": REASONS},
    "passages": {"type": "array", "maxItems": 0},
    "newest_event_on": {"type": "null"},
}
SCHEMA = {"anyOf": [exactly(ANSWERED, more=True), exactly(REFUSED, more=True)]}


def valid(record):
    """The record, which keeps the contract."""
    Draft202012Validator(SCHEMA).validate(record)
    assert record["reason"] not in REASONS or not record["passages"]
    return record
