"""The part of SQL that means the same on DuckDB, Spark and Sail: the files in `sql/` are written in it.

sqlglot translates a file from one engine to another but says nothing of what it silently changes on the way
(percentiles, ordered lists, month differences, ties). Each rule here names one such construct and what to write
instead. Three rules are of this house and not of the engines: no clock, no `TRY_CAST`, no zero for a missing value.

What needs the types of columns can't be seen here, so a rule goes by names: a column that ends in `_on` is a date.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

DIALECT = "duckdb"
_INTEGERS = (*exp.DataType.SIGNED_INTEGER_TYPES, *exp.DataType.UNSIGNED_INTEGER_TYPES)
_DATE_KEEPING = (exp.Paren, exp.Min, exp.Max, exp.Coalesce, exp.Greatest, exp.Least, exp.Lead, exp.Lag, exp.Window)


@dataclass(frozen=True, slots=True)
class Rule:
    """A construct that is not portable; `is_broken_by` looks at one node of the parsed statement."""

    name: str
    instead: str
    is_broken_by: Callable[[exp.Expr], bool]


@dataclass(frozen=True, slots=True)
class Fault:
    """A place in a statement that breaks a rule."""

    rule: str
    fragment: str
    instead: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.fragment} -> {self.instead}"


def portability_faults(sql: str) -> list[Fault]:
    """Everything in `sql` that does not mean the same on every engine; empty if it is portable.

    Raises sqlglot.errors.ParseError where the text is no SQL at all.
    """
    trees = [tree for tree in sqlglot.parse(sql, read=DIALECT) if tree is not None]
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        return [Fault("one_select", sql.strip()[:80], "one SELECT per file")]
    return [
        Fault(rule.name, node.sql(dialect=DIALECT), rule.instead)
        for node in trees[0].walk()
        for rule in RULES
        if rule.is_broken_by(node)
    ]


def _one_of(*types: type[exp.Expr]) -> Callable[[exp.Expr], bool]:
    return lambda node: isinstance(node, types)


def _called(*names: str) -> Callable[[exp.Expr], bool]:
    """Functions that sqlglot has no class for."""
    return lambda node: isinstance(node, exp.Anonymous) and node.name.lower() in names


def _either(*tests: Callable[[exp.Expr], bool]) -> Callable[[exp.Expr], bool]:
    return lambda node: any(test(node) for test in tests)


def _is_date(node: exp.Expr) -> bool:
    """Whether the node is seen to be a date: by its name, a cast, or a function of dates that gives a date."""
    if isinstance(node, exp.Column):
        return node.name.endswith("_on")
    if isinstance(node, exp.Cast):
        return bool(node.is_type("date"))
    if isinstance(node, exp.Add | exp.Sub):
        return _is_date(node.this) and not _is_date(node.expression) and not isinstance(node.expression, exp.Interval)
    return isinstance(node, _DATE_KEEPING) and _is_date(node.this)


def _is_cast_to_date(node: exp.Expr | None) -> bool:
    return isinstance(node, exp.Cast) and bool(node.is_type("date"))


def _number(node: exp.Expr | None) -> float | None:
    """The number that a literal is, also inside casts."""
    while isinstance(node, exp.Cast | exp.Paren):
        node = node.this
    return float(node.name) if isinstance(node, exp.Literal) and not node.is_string else None


def _is_guarded(divisor: exp.Expr) -> bool:
    while isinstance(divisor, exp.Cast | exp.Paren):
        divisor = divisor.this
    return isinstance(divisor, exp.Nullif) or _number(divisor) not in (None, 0.0)


def _divides_unguarded(node: exp.Expr) -> bool:
    return isinstance(node, exp.Div | exp.IntDiv | exp.Mod) and not _is_guarded(node.expression)


def _puts_zero_for_missing(node: exp.Expr) -> bool:
    if isinstance(node, exp.Coalesce):
        return any(_number(other) == 0.0 for other in node.expressions)
    is_missing = isinstance(node, exp.If) and isinstance(node.this, exp.Is) and isinstance(node.this.right, exp.Null)
    return is_missing and _number(node.args.get("true")) == 0.0


def _compares_no_dates(node: exp.Expr) -> bool:
    if not isinstance(node, exp.DateDiff):
        return False
    return str(node.args.get("unit")).upper() != "DAY" or not (_is_date(node.this) and _is_date(node.expression))


def _shifts_date(node: exp.Expr) -> bool:
    """Gives a timestamp here and a date there, or the day before in another time zone."""
    moves = isinstance(node, exp.Add | exp.Sub) and isinstance(node.expression, exp.Interval)
    return (moves or isinstance(node, exp.TimestampTrunc | exp.DateTrunc | exp.StrToTime)) and not _is_cast_to_date(
        node.parent
    )


def _rounds_or_truncates(node: exp.Expr) -> bool:
    if not (isinstance(node, exp.Cast) and node.to.this in _INTEGERS):
        return False
    inner = node.this
    return isinstance(inner, exp.Div | exp.Mul | exp.Avg | exp.Median) or (
        isinstance(inner, exp.Cast) and inner.to.this in exp.DataType.REAL_TYPES
    )


def _names_alias_beside_it(node: exp.Expr) -> bool:
    """An alias used by a later column of the same SELECT."""
    if not isinstance(node, exp.Select):
        return False
    known: set[str] = set()
    for column in node.expressions:
        if any(not used.table and used.name in known for used in column.find_all(exp.Column)):
            return True
        if isinstance(column, exp.Alias):
            known.add(column.alias)
    return False


def _orders_nothing(node: exp.Expr) -> bool:
    return isinstance(node, exp.Window) and isinstance(node.this, exp.RowNumber) and node.args.get("order") is None


def _frames_by_interval(node: exp.Expr) -> bool:
    if not (isinstance(node, exp.WindowSpec) and str(node.args.get("kind")).upper() == "RANGE"):
        return False
    return any(isinstance(node.args.get(side), exp.Interval) for side in ("start", "end"))


def _joins_by(*methods: str) -> Callable[[exp.Expr], bool]:
    return lambda node: isinstance(node, exp.Join) and node.method.upper() in methods


def _formats_week(node: exp.Expr) -> bool:
    return isinstance(node, exp.TimeToStr) and any(part in str(node.args.get("format")) for part in ("%V", "%G", "%u"))


RULES: tuple[Rule, ...] = (
    Rule(
        "percentile",
        "MEDIAN, or a rank by ROW_NUMBER",
        _one_of(exp.PercentileCont, exp.PercentileDisc, exp.Quantile, exp.ApproxQuantile),
    ),
    Rule(
        "ordered_list",
        "LIST_SORT(LIST(x)), or STRING_AGG(x, ',' ORDER BY y)",
        lambda node: isinstance(node, exp.ArrayAgg) and isinstance(node.this, exp.Order),
    ),
    Rule(
        "filtered_list",
        "CASE WHEN COUNT(...) > 0 THEN LIST(...) END",
        lambda node: isinstance(node, exp.Filter) and isinstance(node.this, exp.ArrayAgg),
    ),
    Rule("list_length", "COUNT", lambda node: isinstance(node, exp.Length) and isinstance(node.this, exp.ArrayAgg)),
    Rule(
        "unordered_text",
        "STRING_AGG(x, ',' ORDER BY y)",
        lambda node: isinstance(node, exp.GroupConcat) and not isinstance(node.this, exp.Order),
    ),
    Rule(
        "arg_max",
        "QUALIFY ROW_NUMBER() with a total order",
        _either(_one_of(exp.ArgMax, exp.ArgMin), _called("arg_max_null", "arg_min_null")),
    ),
    Rule(
        "first_of_group",
        "QUALIFY ROW_NUMBER() with a total order",
        _either(_one_of(exp.First, exp.Last, exp.AnyValue), _called("arbitrary")),
    ),
    Rule("unordered_row_number", "ROW_NUMBER() OVER (... ORDER BY ...)", _orders_nothing),
    Rule("random", "a value that the reports give", _one_of(exp.Rand, exp.Uuid, exp.TableSample)),
    Rule("join_method", "INNER JOIN with a range, or QUALIFY", _joins_by("ASOF", "POSITIONAL", "NATURAL")),
    Rule(
        "date_difference",
        "date_diff('day', a_on, b_on) on dates; casts AS DATE where the name does not end in _on",
        _either(_compares_no_dates, _called("date_sub", "datesub")),
    ),
    Rule(
        "date_minus_date",
        "date_diff('day', b_on, a_on)",
        lambda node: isinstance(node, exp.Sub) and _is_date(node.this) and _is_date(node.expression),
    ),
    Rule("date_shift", "d_on + 7, or CAST(... AS DATE) around it", _shifts_date),
    Rule(
        "computed_interval",
        "d_on + number of days",
        _either(
            lambda node: isinstance(node, exp.Interval) and not isinstance(node.this, exp.Literal),
            _one_of(exp.ToDays),
            _called("to_weeks", "to_months", "to_years", "to_hours", "to_minutes", "to_seconds"),
        ),
    ),
    Rule(
        "weekday",
        "date_diff('day', a known Monday, d_on) and the remainder by 7",
        _either(
            lambda node: isinstance(node, exp.Extract) and node.name.upper() in ("DOW", "ISODOW", "DAYOFWEEK"),
            _one_of(exp.DayOfWeek, exp.DayOfWeekIso),
            _called("date_part", "weekday"),
        ),
    ),
    Rule("week_format", "EXTRACT(WEEK FROM d_on)", _formats_week),
    Rule("range_interval", "ROWS over one row per day", _frames_by_interval),
    Rule(
        "named_window_frame",
        "the whole window in each OVER (...)",
        lambda node: isinstance(node, exp.Window) and bool(node.alias) and node.args.get("spec") is not None,
    ),
    Rule(
        "filter_in_window",
        "SUM(CASE WHEN ... THEN x END) OVER (...)",
        lambda node: isinstance(node, exp.Window) and isinstance(node.this, exp.Filter),
    ),
    Rule(
        "star",
        "the names of the columns",
        lambda node: isinstance(node, exp.Star) and not isinstance(node.parent, exp.Count),
    ),
    Rule("columns_function", "the names of the columns", _one_of(exp.Columns)),
    Rule(
        "all_columns",
        "the names of the columns",
        lambda node: (
            (isinstance(node, exp.Group) and bool(node.args.get("all")))
            or (isinstance(node, exp.Ordered) and isinstance(node.this, exp.Var))
        ),
    ),
    Rule(
        "union_by_name",
        "the same columns in the same order",
        lambda node: isinstance(node, exp.SetOperation) and bool(node.args.get("by_name")),
    ),
    Rule("alias_beside_it", "the expression again, or a WITH part before it", _names_alias_beside_it),
    Rule(
        "function_in_from",
        "UNNEST(generate_series(...)) as the column of a WITH part",
        lambda node: isinstance(node, exp.Table) and isinstance(node.this, exp.Func),
    ),
    Rule(
        "cast_of_unnest",
        "UNNEST in one WITH part, CAST in the next",
        lambda node: isinstance(node, exp.Cast) and isinstance(node.this, exp.Explode | exp.Unnest),
    ),
    Rule("recursion", "joins", lambda node: isinstance(node, exp.With) and bool(node.args.get("recursive"))),
    Rule("pivot", "MAX(x) FILTER (WHERE ...)", _one_of(exp.Pivot)),
    Rule("hash", "MD5", _called("hash", "md5_number", "histogram")),
    Rule(
        "replace_first_only",
        "regexp_replace(text, pattern, replacement, 'g')",
        lambda node: isinstance(node, exp.RegexpReplace) and "g" not in node.text("modifiers"),
    ),
    Rule("strip_accents", "text made comparable before it is landed in a table", _called("strip_accents")),
    Rule(
        "json_arrow",
        "json_extract_string in the step before the models",
        _one_of(exp.JSONExtract, exp.JSONExtractScalar),
    ),
    Rule(
        "clock",
        "reference.run: the day and the moment of the run",
        _either(
            _one_of(exp.CurrentDate, exp.CurrentTime, exp.CurrentTimestamp, exp.Localtimestamp, exp.Localtime),
            _called("now", "get_current_timestamp", "transaction_timestamp", "get_current_time"),
        ),
    ),
    Rule("try_cast", "CAST: the gate has typed every value", _one_of(exp.TryCast)),
    Rule("zero_for_missing", "NULL: not reported is not zero", _puts_zero_for_missing),
    Rule("unguarded_division", "x / NULLIF(y, 0)", _divides_unguarded),
    Rule("float_to_integer", "CAST(ROUND(x) AS BIGINT)", _rounds_or_truncates),
)
