-- One row per baseline that staff are compared with, in the order in which they are shown.
SELECT baseline, title_vi, title_en, kind, covers, source, note_vi, note_en, posts_per_commune
FROM reference.staffing_baselines
QUALIFY row_number() OVER (PARTITION BY baseline ORDER BY province_code NULLS FIRST, valid_from_on DESC) = 1
ORDER BY baseline_order, baseline
