"""Who looks after which enterprise, visits and what they find."""
