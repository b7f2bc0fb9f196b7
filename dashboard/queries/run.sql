-- One row: the run behind the published database, its newest day of reports and the size of what it rests on.
SELECT
    run.run_id, run.as_of_on, run.known_at, run.built_at, run.code_version, run.origin_mix,
    coalesce(contains(run.origin_mix, 'simulated'), false) AS is_simulated,
    (SELECT max(as_of_on) FROM marts.national_progress WHERE origin <> 'published') AS newest_on,
    (SELECT count(*) FROM facts.submissions) AS submission_count,
    (SELECT count(*) FROM reference.provinces) AS province_count
FROM reference.run AS run
