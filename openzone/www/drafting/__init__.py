"""Rules as forms: the document of a draft to fields and back."""
