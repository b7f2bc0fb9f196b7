"""What waits for a person: questions from the ledger and the landing, and answers as rows of reference tables."""
