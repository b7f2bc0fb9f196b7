"""The ledger's tables, each declared once: columns, types and notes (Vietnamese | English, stored as comments).

These are the tables that are appended to; every other table of the database is a SELECT in `sql/`.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from pipelines.clearance import Declaration, read_declaration
from pipelines.database import comment_on, table_names


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """A column: its type, and its note in Vietnamese and in English."""

    name: str
    type: str
    note_vi: str
    note_en: str


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """A table of the ledger, what one row of it is, and what becomes of it in the files of lower clearances."""

    name: str
    grain_vi: str
    grain_en: str
    clearance: Declaration
    columns: tuple[LedgerColumn, ...]

    def arrow_schema(self) -> pa.Schema:
        """The same columns for batches that are appended in one go."""
        return pa.schema([(column.name, _ARROW[column.type]) for column in self.columns])


_ARROW = {
    "VARCHAR": pa.string(),
    "DOUBLE": pa.float64(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
}
_SUBMISSION = LedgerColumn(
    "submission_id", "VARCHAR", "Mã lần gửi, xếp theo thứ tự nhận", "Submission, in order of arrival"
)
_PROVINCE = LedgerColumn("province_code", "VARCHAR", "Mã tỉnh, thành phố", "Province code")
_AS_OF = LedgerColumn("as_of_on", "DATE", "Ngày mà số liệu phản ánh", "Day that the figure describes")
_RECEIVED = LedgerColumn(
    "received_at", "TIMESTAMP", "Thời điểm nhận (giờ Việt Nam)", "When we learned it (Vietnamese time)"
)
_INDICATOR = LedgerColumn("indicator", "VARCHAR", "Mã chỉ tiêu", "Indicator code")
_FILE = LedgerColumn("file_name", "VARCHAR", "Tên tệp như đã nhận", "File name as received")
_PLACE = LedgerColumn("source_place", "VARCHAR", "Vị trí trong tệp: trang tính!ô", "Place in the file: sheet!cell")
_ORIGIN = LedgerColumn(
    "origin", "VARCHAR", "Nguồn: reported (báo cáo), published (công bố), simulated (mô phỏng)", "Origin of the figure"
)

SUBMISSIONS = LedgerTable(
    "facts.submissions",
    "Mỗi dòng là một lần một tệp được gửi đến",
    "One row per arrival of a file",
    read_declaration("recounted", "facts.submissions"),
    (
        _SUBMISSION,
        _PROVINCE,
        LedgerColumn("form", "VARCHAR", "Mã biểu mẫu", "Report form"),
        _AS_OF,
        _RECEIVED,
        LedgerColumn(
            "revision", "INTEGER", "Lần gửi thứ mấy của tỉnh cho ngày này", "Number of this report for its day, from 1"
        ),
        _FILE,
        LedgerColumn(
            "sha256",
            "VARCHAR",
            "Dấu vân của tệp, cũng là tên tệp lưu trong landing",
            "Hash of the bytes, name in landing",
        ),
        LedgerColumn("byte_count", "BIGINT", "Dung lượng tệp (byte)", "Size of the file in bytes"),
        LedgerColumn(
            "status", "VARCHAR", "accepted, partial, rejected, duplicate hoặc needs_review", "What became of it"
        ),
        LedgerColumn("accepted_count", "INTEGER", "Số giá trị đã nhận", "Values taken"),
        LedgerColumn("rejected_count", "INTEGER", "Số giá trị để riêng chờ sửa", "Values set aside"),
        LedgerColumn(
            "supersedes_submission_id",
            "VARCHAR",
            "Lần gửi mới nhất có giá trị bị lần này thay thế; trống nếu không thay giá trị nào",
            "Newest submission of which it replaces a value, NULL if it replaces none",
        ),
        _ORIGIN,
        LedgerColumn("issue_no", "INTEGER", "Lần thứ mấy theo nơi gửi tự ghi", "Number of issue by the sender's count"),
    ),
)
OBSERVATIONS = LedgerTable(
    "facts.observations",
    "Mỗi dòng là một giá trị đã được nhận, không bao giờ bị sửa hay xóa",
    "One row per value ever accepted, never changed or deleted",
    read_declaration("rows by indicator; texts evidence; places source_place", "facts.observations"),
    (
        LedgerColumn("unit_code", "VARCHAR", "Mã đơn vị: xã (5 số) hoặc tỉnh (2 số)", "Commune or province code"),
        LedgerColumn("unit_level", "VARCHAR", "commune hoặc province", "commune or province"),
        _PROVINCE,
        _INDICATOR,
        _AS_OF,
        LedgerColumn(
            "value",
            "DOUBLE",
            "Giá trị theo đơn vị tính của chỉ tiêu; có/không là 1/0",
            "Value in the indicator's unit; flags 1/0",
        ),
        LedgerColumn("done_on", "DATE", "Ngày hoàn thành tỉnh đã ghi", "Completion date given by the sender"),
        LedgerColumn("evidence", "VARCHAR", "Số, ký hiệu văn bản tỉnh đã ghi", "Document number given by the sender"),
        _SUBMISSION,
        _PLACE,
        _RECEIVED,
        _ORIGIN,
    ),
)
REJECTED_VALUES = LedgerTable(
    "facts.rejected_values",
    "Mỗi dòng là một giá trị để riêng hoặc một lưu ý, kèm lý do và cách sửa",
    "One row per value set aside, or remark on a value, with reason and fix",
    read_declaration("set aside", "facts.rejected_values"),
    (
        _SUBMISSION,
        _PROVINCE,
        _AS_OF,
        _RECEIVED,
        _FILE,
        _PLACE,
        LedgerColumn("unit_text", "VARCHAR", "Đơn vị như ghi trong tệp", "Unit as the file names it"),
        _INDICATOR,
        LedgerColumn("given_text", "VARCHAR", "Giá trị đã ghi", "What was given"),
        LedgerColumn("expected_text", "VARCHAR", "Yêu cầu", "What was expected"),
        LedgerColumn("rule", "VARCHAR", "Tên quy tắc", "Rule"),
        LedgerColumn(
            "severity",
            "VARCHAR",
            "critical: để riêng; warning: vẫn nhận; file: cả tệp",
            "critical: set aside; warning: kept; file: whole file",
        ),
        LedgerColumn("message_vi", "VARCHAR", "Thông báo", "Message in Vietnamese"),
        LedgerColumn("message_en", "VARCHAR", "Thông báo tiếng Anh", "Message in English"),
        LedgerColumn("fix_vi", "VARCHAR", "Cách sửa", "What to do, in Vietnamese"),
        LedgerColumn("fix_en", "VARCHAR", "Cách sửa bằng tiếng Anh", "What to do, in English"),
        LedgerColumn(
            "cause_place",
            "VARCHAR",
            "Ô phải sửa, khi khác ô của giá trị",
            "Cell to put right, where it is another one than the value's",
        ),
        _ORIGIN,
    ),
)
LEDGER = (SUBMISSIONS, OBSERVATIONS, REJECTED_VALUES)


def drop_outdated_ledger(connection: duckdb.DuckDBPyConnection) -> bool:
    """Drops the whole ledger where one of its tables has other columns than declared; says whether it did."""
    found = connection.execute(
        "SELECT schema_name || '.' || table_name, LIST(column_name ORDER BY column_index) FROM duckdb_columns() "
        "WHERE schema_name = 'facts' GROUP BY 1"
    ).fetchall()
    columns = dict(found)
    if all(columns.get(table.name) in (None, [column.name for column in table.columns]) for table in LEDGER):
        return False
    for table in LEDGER:
        connection.execute(f"DROP TABLE IF EXISTS {table.name}")
    return True


def create_ledger(connection: duckdb.DuckDBPyConnection) -> None:
    """Creates what is missing of the ledger, with comments; an existing ledger is left as it is."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS facts")
    there = table_names(connection, "facts")
    for table in (table for table in LEDGER if table.name not in there):
        columns = ", ".join(f"{column.name} {column.type}" for column in table.columns)
        connection.execute(f"CREATE TABLE {table.name} ({columns})")
        notes = {column.name: f"{column.note_vi} | {column.note_en}" for column in table.columns}
        comment_on(connection, table.name, f"{table.grain_vi} | {table.grain_en}", notes)
