"""The gates: what must hold of rows before anyone sees them.

Suites are written as plain data in the modules beside this one; `gate` runs them through Great Expectations.
"""
