"""What readers see: Streamlit pages over the published database.

Belongs here: reading published tables, wording, drawing. Does not belong here: computing indicators (that is
`sql/`), or anything of `pipelines`, which this package never imports.
"""
