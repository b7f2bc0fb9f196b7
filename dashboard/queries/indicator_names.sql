-- One row: what $indicator is called.
SELECT name_vi, name_en FROM reference.indicators WHERE indicator = $indicator
