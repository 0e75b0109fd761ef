"""Every change of an application: one function per thing that happens, in one transaction."""
