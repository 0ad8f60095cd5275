"""A value that stays packed until somebody asks for it."""

from __future__ import annotations

import pickle
from typing import Generic, TypeVar

T = TypeVar("T")


class Lazy(Generic[T]):
    """A value, or its pickled bytes: of ten thousand that are read from a state file few are looked into."""

    __slots__ = ("_bytes", "_value")

    def __init__(self, value: T | None, data: bytes = b"") -> None:
        self._value = value
        self._bytes = data

    @classmethod
    def of(cls, data: bytes) -> Lazy[T]:
        """What :meth:`packed` gave."""
        return cls(None, data)

    def get(self) -> T:
        """The value."""
        if self._value is None:
            value: T = pickle.loads(self._bytes)
            self._value = value
        return self._value

    def packed(self) -> bytes:
        """The value as bytes."""
        return self._bytes or pickle.dumps(self._value, 5)
