"""Every write to the record: one function per thing that happens, in one transaction."""
