"""What damaged files have brought to light, each with the smallest file that shows it."""

from __future__ import annotations

import pytest

from pipelines.readers import Limits, UnreadableFile, read_file
from tests.corpus.documents import xml_2003
from tests.corpus.grids import grid
from tests.corpus.spreadsheets import xlsx
from tests.readers.workbooks import replaced

TABLE = grid("TT | Hồ sơ tiếp nhận | Hồ sơ đúng hạn\n1 | 6481 | 1078")


def test_a_cell_of_xml_2003_that_goes_back_to_a_column_makes_the_file_damaged() -> None:
    """Two cells at one place: other programs keep the last of them, some the first, Excel opens no such file."""
    right = xml_2003(TABLE)
    assert read_file(right, Limits()).sheets[0].rows[1] == [1.0, 6481.0, 1078.0]
    with pytest.raises(UnreadableFile, match="column 2 can't come after column 3"):
        read_file(
            right.replace(b'ss:Index="1"><Data ss:Type="Number">1<', b'ss:Index="3"><Data ss:Type="Number">1<'),
            Limits(),
        )


@pytest.mark.parametrize("reference", ["XFD1048576", "XFD9999999", "ZZ99999"])
def test_a_cell_that_says_it_stands_in_the_last_row_of_all_does_not_take_all_memory(reference: str) -> None:
    """calamine allots the whole rectangle: the process was ended by the system in the middle of a night."""
    content = replaced(xlsx(TABLE), {b'<c r="B2"': b'<c r="%s"' % reference.encode()})
    with pytest.raises(UnreadableFile, match="file_too_large"):
        read_file(content, Limits())


def test_a_cell_that_stands_in_the_row_of_another_is_read_where_it_says_it_is() -> None:
    content = replaced(xlsx(TABLE), {b'<c r="B2"': b'<c r="B4"'})
    assert read_file(content, Limits()).sheets[0].cell(3, 1) == 6481.0
