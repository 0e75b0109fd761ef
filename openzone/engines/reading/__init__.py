"""Papers as they come in: what a file is by its content, and what a policy's text is made of.

Pure: no Django, no clock, no network. What is read here is a suggestion until a person confirms it.
"""
