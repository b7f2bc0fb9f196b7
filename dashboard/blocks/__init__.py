"""What the pages are made of: one module per page, one function per block; a page itself only lists them."""
