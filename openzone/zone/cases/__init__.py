"""Cases: one number for life, an owner, clocks, a proof."""
