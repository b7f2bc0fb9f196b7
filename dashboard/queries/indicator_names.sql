-- One row: what $indicator is called.
SELECT name_vi, name_en, sensitivity = 'restricted' AS is_restricted FROM reference.indicators WHERE indicator = $indicator
