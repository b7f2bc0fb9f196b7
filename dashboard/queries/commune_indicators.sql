-- One row per indicator that communes report, in the order of the form.
SELECT indicator, name_vi, name_en, unit, value_type, sensitivity = 'restricted' AS is_restricted
FROM reference.indicators
WHERE unit_level = 'commune' AND form_sheet IS NOT NULL AND form_sheet <> ''
ORDER BY form_sheet, (value_type <> 'flag'), indicator
