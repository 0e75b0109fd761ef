"""Every change of a case: one function per thing that happens, in one transaction."""
