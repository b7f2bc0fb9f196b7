"""What the server sends before any script runs: a Vietnamese shell, compressed, that may fetch from nowhere else."""

from __future__ import annotations

import gzip
import re
import urllib.request
from http.client import HTTPResponse

import pytest

pytestmark = pytest.mark.browser


def get(address: str, **headers: str) -> HTTPResponse:
    response: HTTPResponse = urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=10)
    return response


@pytest.mark.parametrize("path", ["", "tinh?tinh=91"])
def test_the_shell_is_vietnamese_and_compressed(addresses: dict[str, str], path: str) -> None:
    response = get(f"{addresses['normal']}/{path}", **{"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    shell = gzip.decompress(response.read()).decode()
    assert '<html lang="vi"' in shell
    assert "BACKEND_BASE_URL" in shell


def test_scripts_are_compressed(addresses: dict[str, str]) -> None:
    shell = get(addresses["normal"]).read().decode()
    script = re.search(r'src="\./(static/js/index[^"]+)"', shell)
    assert script
    response = get(f"{addresses['normal']}/{script[1]}", **{"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert "immutable" in response.headers["Cache-Control"]


def test_the_page_may_fetch_from_its_own_server_only(addresses: dict[str, str]) -> None:
    headers = get(addresses["normal"]).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "http" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
