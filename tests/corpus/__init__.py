"""Small files as provinces really send them, with what is right to take from each stated beside it."""
