from __future__ import annotations

import datetime
import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from pipelines.form.layout import MARKS_SHEET
from pipelines.form.values import FormValues
from pipelines.form.workbook import write_form
from pipelines.reference.load import load_reference
from tests.durability.nights import Night, whole_night
from tests.durability.small_country import write_reference

FIRST, SECOND = Night(datetime.date(2025, 7, 15)), Night(datetime.date(2025, 7, 31))
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


def write_own_form(path: Path, *, first_value: int = 31) -> None:
    """A table that the sender made: two columns that nobody has said the meaning of."""
    workbook = openpyxl.Workbook()
    for row in OWN_FORM:
        workbook.active.append([first_value if cell == 31 else cell for cell in row])
    workbook.save(path)


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
