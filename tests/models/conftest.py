from __future__ import annotations

import pytest

# So that a comparison within the module says how its two sides differ.
pytest.register_assert_rewrite("tests.models.tiny")
