"""What is built once for all processes of a run is whole when somebody gets it, and made by one of them."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest

from tests.built_once import built_once


def test_who_asks_while_it_is_made_gets_it_whole(tmp_path_factory: pytest.TempPathFactory) -> None:
    made: list[Path] = []

    def make(folder: Path) -> None:
        made.append(folder)
        for number in range(100):
            (folder / str(number)).touch()

    found: list[int] = []
    askers = [
        Thread(target=lambda: found.append(len(list(built_once(tmp_path_factory, "whole", make).iterdir()))))
        for _ in range(4)
    ]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert found == [100] * 4
    assert len(made) == 1


def test_what_could_not_be_made_is_tried_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    def fails(folder: Path) -> None:
        (folder / "half").touch()
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        built_once(tmp_path_factory, "second try", fails)
    assert list(built_once(tmp_path_factory, "second try", lambda _: None).iterdir()) == []
