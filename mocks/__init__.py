"""The mocked services of a Databricks workspace, one folder each, behind one gateway."""
