"""Report form CQDP2C: which sheets, columns and rows it has, and how a workbook of it is written."""
