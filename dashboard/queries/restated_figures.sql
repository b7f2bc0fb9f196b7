-- One row per national figure of a day that restatements changed, the largest change first, as a share of what it was.
WITH ordered AS (
    SELECT
        indicator, as_of_on, sum(effect) AS effect, arg_min(value_before, (restated_at, restatement)) AS value_before,
        arg_max(value_after, (restated_at, restatement)) AS value_after
    FROM marts.restated_progress
    WHERE province_code = 'VN'
    GROUP BY indicator, as_of_on
)
SELECT o.indicator, i.name_vi, i.name_en, o.as_of_on, o.effect, o.value_before, o.value_after
FROM ordered AS o
JOIN reference.indicators AS i USING (indicator)
WHERE o.effect <> 0
ORDER BY abs(o.effect) / nullif(o.value_before, 0) DESC NULLS LAST, o.as_of_on DESC, o.indicator
