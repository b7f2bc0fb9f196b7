"""SQL for analysts: each query runs in a process of its own that can read one copy of one database and nothing else.

`child.py` is that process, `sandbox.py` starts and ends it, `ready_made.py` reads the questions of `sql/adhoc/`,
`sharing.py` puts a query into an address. Nothing here knows Streamlit.
"""
