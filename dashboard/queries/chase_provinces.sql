-- One row per province that falls short in $directive, largest share of the gap first. Every indicator of the directive
-- weighs the same; `cumulative_pct` is the share of the provinces down to this one.
WITH shares AS (
    SELECT c.province_code, p.short_name, min(c.rank) AS first_rank,
        sum(c.effect_pct) / nullif((SELECT count(DISTINCT indicator) FROM marts.chase_list WHERE directive = $directive), 0)
            AS share_pct
    FROM marts.chase_list AS c
    JOIN reference.provinces AS p USING (province_code)
    WHERE c.directive = $directive
    GROUP BY c.province_code, p.short_name
)
SELECT
    province_code, short_name, share_pct,
    sum(share_pct) OVER (ORDER BY share_pct DESC, first_rank ROWS UNBOUNDED PRECEDING) AS cumulative_pct
FROM shares
ORDER BY share_pct DESC, first_rank
