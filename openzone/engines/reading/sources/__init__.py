"""Files → the text of a page: plain text, Markdown, HTML, Word, PDF with a text layer.

Pictures and scans have no text to take; whoever calls has them read by an OCR program.
"""
