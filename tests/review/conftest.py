from __future__ import annotations

import datetime
import itertools
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import openpyxl
import pytest

from pipelines.form.layout import MARKS_SHEET
from pipelines.form.values import FormValues
from pipelines.form.workbook import write_form
from pipelines.reference.load import load_reference
from tests.durability.nights import Night, whole_night
from tests.durability.small_country import write_reference

FIRST, SECOND, THIRD = (
    Night(day) for day in (datetime.date(2025, 7, 15), datetime.date(2025, 7, 31), datetime.date(2025, 8, 15))
)
LAI_CHAU, BINH_LU, DOAN_KET = "12", "03390", "03388"
OWN_FORM = (
    ["UBND TỈNH LAI CHÂU"],
    ["Tính đến ngày 15/07/2025"],
    ["STT", "Tên xã", "Quân số thực tế của xã", "Người ký biểu"],
    [1, "Xã Bình Lư", 31, "Nguyễn Văn A"],
    [2, "Phường Đoàn Kết", 42, "Trần Thị B"],
)


@pytest.fixture(autouse=True, scope="package")
def own_environment() -> Iterator[None]:
    """Commands point the environment at their home; other tests must not inherit that."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


OWN_LIST = (
    ["UBND TỈNH LAI CHÂU"],
    ["Tính đến ngày 15/07/2025"],
    ["STT", "Chỉ tiêu", "Kết quả"],
    [1, "Số thủ tục hành chính phải rà soát", 200],
    [2, "Thủ tục đã soát xét xong", 150],
    [3, "Số lượt khách tham quan", 12],
)
HALF_KNOWN_FORM = (
    ["UBND TỈNH LAI CHÂU"],
    ["Tính đến ngày 15/07/2025"],
    ["STT", "Tên xã", "Số biên chế cán bộ, công chức cấp xã được giao", "Quân số thực tế của xã"],
    [1, "Xã Bình Lư", 40, 31],
    [2, "Phường Đoàn Kết", 50, 42],
)


def write_rows(path: Path, rows: Iterable[Iterable[object]]) -> None:
    """A workbook of one sheet."""
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(list(row))
    workbook.save(path)


def write_own_form(path: Path, *, first_value: int = 31) -> None:
    """A table that the sender made: two columns that nobody has said the meaning of."""
    write_rows(path, ([first_value if cell == 31 else cell for cell in row] for row in OWN_FORM))


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after a night with one question of each kind. Copy it, never run in it."""
    home = tmp_path_factory.mktemp("review") / "home"
    reference = load_reference(write_reference(home / "reference"))
    inbox = home / "inbox"
    inbox.mkdir()
    values = FormValues({(BINH_LU, "staff_present"): 30, (DOAN_KET, "staff_present"): 40})
    for name in ("khong-ro-tinh", "ten-xa-la"):
        write_form(inbox / f"{name}.xlsx", reference, LAI_CHAU, as_of_on=FIRST.as_of_on, values=values)
        _edit(inbox / f"{name}.xlsx", is_nameless=name == "khong-ro-tinh")
    write_own_form(inbox / "bieu-rieng.xlsx")
    whole_night(home, FIRST)
    return home


def _edit(path: Path, is_nameless: bool) -> None:
    """Takes the province out of a form, or the code of a commune together with its right name."""
    workbook = openpyxl.load_workbook(path, data_only=True)
    if is_nameless:
        del workbook[MARKS_SHEET]
        for sheet in workbook:
            sheet["A1"] = "UBND TỈNH …………"
    else:
        for row in workbook["Biểu 04"].iter_rows(min_row=8):
            for code, name in itertools.pairwise(row):
                if str(code.value) == BINH_LU:
                    code.value, name.value = None, "Xã Bình Lư mới"
    workbook.save(path)


@pytest.fixture
def home(asked: Path, tmp_path: Path) -> Path:
    """A copy of the home with questions."""
    return shutil.copytree(asked, tmp_path / "home", symlinks=True)
