-- One row per reason why a published figure and the reports agree or differ, in the order in which they are tried.
SELECT code, name_vi, name_en, meaning_vi, meaning_en
FROM reference.explanation_codes
ORDER BY precedence
