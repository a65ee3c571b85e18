"""The pages, one module each: what stands on them, in order."""
