"""The SQL models: each file in `sql/reference`, `sql/facts` and `sql/marts` is one table with its notes."""
