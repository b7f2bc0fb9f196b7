-- One row: the parameters of the marts that pages start from.
SELECT
    CAST(max(value) FILTER (WHERE parameter = 'verification_seed') AS INTEGER) AS verification_seed,
    CAST(max(value) FILTER (WHERE parameter = 'verification_size') AS INTEGER) AS verification_size
FROM reference.parameters
