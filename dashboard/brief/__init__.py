"""The brief: a report of two to four pages, laid out as Decree 30/2020/NĐ-CP asks, for the country or for one province.

Content is computed once (`country.py`, `province.py`) as sentences, tables and charts that know for each figure which
query and row it comes from (`structure.py`, `records.py`); `word.py`, `pdf.py` and `workbook.py` only draw it, so the
three files of one brief say the same.
"""
