"""Pages of joint water monitoring."""
