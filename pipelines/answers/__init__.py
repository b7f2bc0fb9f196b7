"""What goes back to a sender: the marked workbook or the list of what to put right, the receipt, the dry run."""
