"""The command line `tiendo`: one module per group of commands; each command is a few lines around the steps."""
