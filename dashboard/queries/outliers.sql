-- One row per value that stands out: open ones first, then the furthest off.
SELECT
    o.unit_code, coalesce(c.commune_name, p.province_name) AS unit_name, o.province_code, p.short_name, o.indicator,
    i.name_vi, i.name_en,
    i.sensitivity = 'restricted' AS is_restricted, i.unit_level, o.as_of_on, o.value, o.current_value, o.previous_value, o.previous_on,
    o.history_count, o.history_median, o.peer_count, o.peer_low, o.peer_high, o.score, o.kind, o.state, o.changed_by,
    greatest(o.value, o.previous_value) / nullif(least(o.value, o.previous_value), 0) AS previous_times,
    greatest(o.value, o.history_median) / nullif(least(o.value, o.history_median), 0) AS usual_times,
    o.note, o.document_no, o.confirmed_on, s.file_name, o.source_place, o.origin
FROM marts.outliers AS o
JOIN reference.provinces AS p USING (province_code)
JOIN reference.indicators AS i USING (indicator)
LEFT JOIN reference.communes AS c ON c.commune_code = o.unit_code
LEFT JOIN facts.submissions AS s USING (submission_id)
WHERE $province_code = '' OR o.province_code = $province_code
ORDER BY list_position(['open', 'corrected', 'confirmed'], o.state), o.score DESC, o.unit_code, o.indicator
