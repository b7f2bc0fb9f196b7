from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.soak import IS_WHOLE
from tests.spark.servers import sail, spark, spark_home

pytest.register_assert_rewrite("tests.spark.equality")
# A cluster and a month of the whole country are for `make soak` alone.
collect_ignore = [] if IS_WHOLE else ["test_cluster.py", "test_full_scale.py"]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server that the tests derive on: Apache Spark where `SPARK_HOME` names it (`make test-spark`), else Sail."""
    home = spark_home()
    with spark(home, tmp_path_factory.mktemp("spark")) if home else sail() as address:
        yield address
