"""A secret of this user, by which gxsite knows what it wrote itself.

The state of a project holds packed values, and to unpack what somebody else has packed is to run what they like. A
project that was copied from elsewhere may bring a state; without this user's seal nothing of it is looked into.
"""

from __future__ import annotations

import os
from pathlib import Path

SIZE = 32


def secret() -> bytes:
    """The secret, made on the first day; one for this run alone where there is no place to keep it."""
    try:
        folder = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        place = Path(folder) / "gxsite" / "seal"
        if place.is_file() and len(known := place.read_bytes()) == SIZE:
            return known
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = os.urandom(SIZE)
        temporary = place.with_name(f"seal.{os.getpid()}")
        temporary.touch(mode=0o600)
        temporary.write_bytes(new)
        try:
            os.link(temporary, place)  # whoever comes first; the others take theirs
        except FileExistsError:
            if len(place.read_bytes()) != SIZE:
                temporary.replace(place)
        finally:
            temporary.unlink(missing_ok=True)
        return place.read_bytes()
    except (OSError, RuntimeError):
        return os.urandom(SIZE)
