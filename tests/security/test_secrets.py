"""No secret is in the repository."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

import pytest

from dashboard.settings import REPOSITORY

# What a secret looks like, each with an example that must be found.
LOOKS = {
    "a private key": (r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----", "-----BEGIN RSA " + "PRIVATE KEY-----"),
    "a key of a cloud": (r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b", "AKIA" + "A1B2C3D4E5F6G7H8"),
    "a token of a forge": (r"\b(?:gh[pousr]_|glpat-)[0-9A-Za-z_-]{20,}", "ghp_" + "a" * 36),
    "a token of a chat": (r"\bxox[abprs]-[0-9A-Za-z-]{10,}", "xoxb-" + "1" * 12),
    "a signed token": (r"\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}",
                       "eyJ" + "a" * 12 + ".eyJ" + "b" * 12 + "." + "c" * 12),
    "a password in an address": (
        r"\b[a-z][a-z0-9+]{2,}://[^\s/:@'\"<>{}]+:[^\s/:@'\"<>{}]{3,}@",
        "postgres://" + "user:pass1@host",
    ),
    "a password in a setting": (
        r"(?i)^\s*(?:export\s+)?[A-Z_]*(?:PASSWORD|SECRET|TOKEN|API_KEY)\s*=\s*[\"']?(?=\S*\d)[^\s\"'{}<$()]{8,}[\"']?\s*$",
        "SMTP_" + "PASSWORD=hunter2hunter2",
    ),
}  # fmt: skip
LARGEST = 2_000_000


def texts() -> Iterator[tuple[str, str]]:
    """Every tracked text file: name and content."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True).stdout
    for name in listed.decode().split("\0"):
        path = REPOSITORY / name
        if name and path.is_file() and path.stat().st_size < LARGEST:
            content = path.read_bytes()
            if b"\0" not in content:
                yield name, content.decode("utf-8", errors="replace")


@pytest.mark.parametrize("kind", LOOKS)
def test_a_secret_would_be_found(kind: str) -> None:
    pattern, example = LOOKS[kind]
    assert re.search(pattern, example, re.MULTILINE)


def test_no_secret_is_in_the_repository() -> None:
    found = [
        f"{name}: {kind}"
        for name, text in texts()
        for kind, (pattern, _example) in LOOKS.items()
        if re.search(pattern, text, re.MULTILINE)
    ]
    assert found == []
