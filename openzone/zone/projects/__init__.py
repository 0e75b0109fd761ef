"""The investment pipeline: projects, their stages, money, milestones and lights."""
