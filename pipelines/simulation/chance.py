"""Random numbers that depend on the seed and on what they are for, and on nothing else.

Each question gets its own generator, so that simulating other days, or one more indicator, changes no other value.
"""

from __future__ import annotations

import hashlib

import numpy as np


def generator(seed: int, *purpose: str) -> np.random.Generator:
    """A generator for one purpose; Python's own hash() is salted per process and would not repeat."""
    digest = hashlib.blake2b("\x1f".join((str(seed), *purpose)).encode(), digest_size=16).digest()
    return np.random.default_rng(int.from_bytes(digest, "big"))
