"""dragoman: the sourced record of who did what to whom."""
