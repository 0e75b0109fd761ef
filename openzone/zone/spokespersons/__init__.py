"""Who answers for the policies of each unit."""
