"""Every file ever received, byte for byte, and the journal of what arrived when and which run took it."""
