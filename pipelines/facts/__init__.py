"""The append-only ledger: what was received, what was taken, what was set aside, and when each was learned."""
