"""One tree of errors. A class's docstring is its message; its fields fill the braces.

Every error carries its subject and tells the reader what to do next. Adapters translate
a library's errors into these once, with ``raise … from error``.
"""


class QuisError(Exception):
    """Quis could not do this."""

    def __init__(self, **subject: object) -> None:
        self.subject = subject
        super().__init__((self.__doc__ or "").format(**subject))


class InvalidInput(QuisError):
    """The input cannot be used."""


class QuestionTooLong(InvalidInput):
    """The question has {length} characters; at most {limit} can be read: ask in one or two sentences."""


class UnreadableFile(InvalidInput):
    """{path} cannot be read: {reason}."""


class UnwritableFile(InvalidInput):
    """{path} cannot be written: {reason}."""


class UnusableBackup(InvalidInput):
    """{path} cannot be restored, and nothing was changed: {reason}."""


class ForbiddenAddress(InvalidInput):
    """{url} is not fetched: {reason}."""


class InvalidMetadata(InvalidInput):
    """{subject}: {problem}."""


class InvalidVocabulary(InvalidInput):
    """{path}: {problem}."""


class DuplicateDocument(InvalidInput):
    """{document} has the same text as {original}, which is held already: nothing was added."""


class InvalidDataset(InvalidInput):
    """{path}: {problem}."""


class UnknownDocument(QuisError):
    """No document is called {document}: `quis kb list` shows what is held."""


class StepRefused(QuisError):
    """{document} cannot be put to "{step}": {problem}."""


class EditorsOnly(QuisError):
    """{url} is fetched for editors only, and {actor} is none: ask one, or save the page and add the file."""


class PageUnavailable(QuisError):
    """{url} could not be fetched: {reason}."""


class ChangedMeanwhile(QuisError):
    """{document} was changed by someone else in the meantime: look at it again, then repeat the step."""


class StoreUnavailable(QuisError):
    """The store {where} cannot be used: {problem}."""


class NewerStore(StoreUnavailable):
    """The store {where} was written by a newer Quis (schema {found}, this one knows {known}): upgrade Quis, or point QUIS_DATA at another folder."""


class StoreNotEmpty(QuisError):
    """The store {where} holds {documents} documents, and nothing was changed: say --force to put the backup in their place."""


class IndexUnavailable(QuisError):
    """The {index} index cannot be used: {problem}."""


class ModelUnavailable(QuisError):
    """The model {model} cannot be loaded: {problem}."""
