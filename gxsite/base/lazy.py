"""A value that stays packed until somebody asks for it."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Lazy(Generic[T]):
    """A value, or the way to its pickled bytes: of ten thousand in a state file few are looked into."""

    __slots__ = ("_load", "_value")

    def __init__(self, value: T | None, load: Callable[[], bytes] | None = None) -> None:
        self._value = value
        self._load = load

    @classmethod
    def of(cls, load: Callable[[], bytes]) -> Lazy[T]:
        """The value of which ``load`` fetches what :meth:`packed` gave."""
        return cls(None, load)

    def get(self) -> T:
        """The value."""
        if self._value is None:
            assert self._load is not None
            value: T = pickle.loads(self._load())
            self._value = value
        return self._value

    def packed(self) -> bytes:
        """The value as bytes; packed once."""
        if self._load is None:
            data = pickle.dumps(self._value, 5)
            self._load = lambda: data
        return self._load()
