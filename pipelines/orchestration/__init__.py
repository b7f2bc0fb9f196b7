"""Dagster around the steps of a run: assets, checks, one job, a schedule, a sensor."""
