"""What a judge reads: the question with its subject in English, the passage with its title.

The judge is a small English model. Names and concepts are what it understands of a
question in another language, so they are written beside the question's own words. The
same two functions made the pairs that it was trained on.
"""

from knowledge.model import HeldPassage, Question
from knowledge.vocabulary import Vocabulary


def asked(question: Question, vocabulary: Vocabulary) -> str:
    """The question as the judge reads it."""
    mentions = question.mentions
    names = [
        *(vocabulary.vendor_name(vendor) for vendor in mentions.vendors),
        *(vocabulary.place_name(place, "en") for place in mentions.places),
        *(vocabulary.concept_name(concept, "en") for concept in mentions.concepts),
    ]
    return f"{question.text} | {', '.join(names)}" if names else question.text


def told(held: HeldPassage) -> str:
    """The passage as the judge reads it."""
    return f"{held.document.title}. {held.passage.text}"
