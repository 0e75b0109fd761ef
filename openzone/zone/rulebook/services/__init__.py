"""Every change to drafts and releases, each with its event."""
