"""What values must satisfy, as Great Expectations suites generated from the reference tables."""
