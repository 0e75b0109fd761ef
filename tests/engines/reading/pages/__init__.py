"""Pages, stage by stage; every page here was written for these tests (示例, synthetic)."""
