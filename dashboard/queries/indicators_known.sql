-- One row per indicator that this published file may speak of.
SELECT indicator, name_vi FROM reference.indicators ORDER BY indicator
