-- One row per indicator that provinces report, in the order of the form. has_share: it has a target to be a share of;
-- is_yes_no: a province either has it or not.
SELECT
    indicator, "group" AS topic, name_vi, name_en, unit, unit_level, value_type, is_period_count, target_rule <> 'none' AS has_share,
    unit_level = 'province' AND value_type = 'flag' AS is_yes_no, sensitivity = 'restricted' AS is_restricted
FROM reference.indicators
WHERE form_sheet IS NOT NULL AND form_sheet <> ''
ORDER BY form_sheet, (value_type <> 'flag'), indicator
