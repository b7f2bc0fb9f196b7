"""A model is translated only if it is portable, and what it reads has one name on Spark."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlglot
from sqlglot import exp

from pipelines.marts.models import Model, load_models
from pipelines.spark.translate import NotPortable, to_spark, view_name

MODELS = {model.name: model for model in load_models()}
TABLES = [model for model in MODELS.values() if model.kind == "table" and not model.parameters]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.name)
def test_every_table_of_a_model_becomes_a_view_of_the_session(model: Model) -> None:
    translation = to_spark(model, MODELS)
    steps = translation.steps
    read = [table for step in steps for table in sqlglot.parse_one(step.sql, read="spark").find_all(exp.Table)]
    named = {table.name for table in read if "__" in table.name} - {step.view for step in steps[:-1]}
    assert named == {view_name(table) for table in translation.tables}
    assert "facts__current_observations" not in named


def test_a_view_stands_where_it_is_read_with_all_that_it_reads() -> None:
    model = MODELS["marts.commune_progress"]
    assert "facts.current_observations" in model.reads
    assert {"facts.observations", "facts.revised_values"} <= set(to_spark(model, MODELS).tables)


def test_a_model_that_rests_on_its_own_rows_reads_them_there_too() -> None:
    assert "marts.directive_history" in to_spark(MODELS["marts.directive_history"], MODELS).tables


def test_what_means_something_else_on_spark_is_refused_with_the_file_and_what_to_write() -> None:
    model = replace(MODELS["reference.deadlines"], sql="SELECT ARG_MAX(value, as_of_on) AS v FROM facts.observations")
    with pytest.raises(NotPortable, match=r"deadlines\.sql: arg_max: .* -> QUALIFY ROW_NUMBER"):
        to_spark(model, MODELS)


def test_a_part_that_would_stand_in_a_plan_hundreds_of_times_is_worked_out_before() -> None:
    *parts, last = to_spark(MODELS["marts.outliers"], MODELS).steps
    assert {"marts__outliers__newest", "marts__outliers__candidates"} <= {part.view for part in parts}
    assert all(part.view in f"{last.sql} {' '.join(other.sql for other in parts)}" for part in parts)
    tables = [table for step in (*parts, last) for table in sqlglot.parse_one(step.sql).find_all(exp.Table)]
    assert len(tables) < 120
