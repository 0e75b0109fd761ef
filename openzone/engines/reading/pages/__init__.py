"""Pages of newspapers and reports → facts, each a slice of the page with its place and its rule.

Pure: text and a lexicon in, data out. The stages, each a module: ``lines`` and ``articles`` (what
belongs together), ``folding`` (one running text that knows where it came from), ``quantities``,
``periods``, ``names`` (what stands in it), ``heads`` and ``roles`` (what a figure is a figure of),
``subjects`` (whose it is), ``statements`` (what is said without a number), ``records``.
"""
