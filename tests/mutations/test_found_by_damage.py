"""What damaged files have brought to light, each with the smallest file that shows it."""

from __future__ import annotations

import pytest

from pipelines.readers import Limits, UnreadableFile, read_file
from tests.corpus.documents import xml_2003
from tests.corpus.grids import grid


def test_a_cell_of_xml_2003_that_goes_back_to_a_column_makes_the_file_damaged() -> None:
    """Two cells at one place: other programs keep the last of them, some the first, Excel opens no such file."""
    right = xml_2003(grid("TT | Hồ sơ tiếp nhận | Hồ sơ đúng hạn\n1 | 6481 | 1078"))
    assert read_file(right, Limits()).sheets[0].rows[1] == [1.0, 6481.0, 1078.0]
    with pytest.raises(UnreadableFile, match="column 2 can't come after column 3"):
        read_file(
            right.replace(b'ss:Index="1"><Data ss:Type="Number">1<', b'ss:Index="3"><Data ss:Type="Number">1<'),
            Limits(),
        )
