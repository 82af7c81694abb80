"""The newest of what happened, so that memory does not grow with time."""

from collections import OrderedDict


class Recent:
    """The newest of what was added, so many at most."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, name: str) -> bool:
        return name in self._kept

    def add(self, name: str) -> bool:
        """Whether it is new."""
        new = name not in self._kept
        self._kept[name] = None
        self._kept.move_to_end(name)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return new
