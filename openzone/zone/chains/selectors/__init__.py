"""Reading chains: which version is in force, and who stands where on a day."""
