"""Deriving the models on Spark or Sail instead of in DuckDB; of the package only `nightly` asks for it."""
