"""Charts as plain dictionaries: data in, Plotly figure out, no Streamlit and no database."""
