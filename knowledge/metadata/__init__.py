"""What a file says of itself, and what a person says of it → a document, or every problem.

The rule of precedence: a person may add to a file, never silently contradict it. A file
with front matter speaks for itself; one without, and a correction by flags alone, stands
on what is held of the document already.

``drafting`` puts a draft together, in ``merging``, of what a room each reads: ``ids``,
``languages``, ``names`` of vendors and places, ``sources``, ``dates``, ``links``,
``translations`` and ``own_questions``. ``keys`` names all that may be said; ``values``
are read singly, and ``problems`` told.
"""

from knowledge.metadata.drafting import LARGEST_BODY, draft, lacking, unusable
from knowledge.metadata.ids import identity, slug
from knowledge.metadata.keys import KEYS
from knowledge.metadata.languages import SURE, DetectLanguage
from knowledge.metadata.names import Names, place_code, vendor_id
from knowledge.metadata.problems import Problem

__all__ = [
    "KEYS",
    "LARGEST_BODY",
    "SURE",
    "DetectLanguage",
    "Names",
    "Problem",
    "draft",
    "identity",
    "lacking",
    "place_code",
    "slug",
    "unusable",
    "vendor_id",
]
