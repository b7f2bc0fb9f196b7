"""What the product is made of: the lock, the bill of materials made from it, and the check of what is installed.

For developers and operators (`make sbom`, `make audit`); the product does not import it.
"""
