"""The dashboard on small published databases: wording, charts, pages."""
