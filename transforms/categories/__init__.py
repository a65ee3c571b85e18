"""Categories: what a template sells or wants, told by weighted terms. Pure.

Terms, weights and names are seeds of the dbt project (`seeds`); `terms` finds them, `deciding` sums what was found,
`reading` does so for batches of messages.
"""
