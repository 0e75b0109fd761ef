"""The compendium of policies (政策汇编): its content, as a Word file and as a PDF."""
