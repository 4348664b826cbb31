"""The improvement loop: two versions of the agent, real traffic, labels, judges, figures, and a decision."""
