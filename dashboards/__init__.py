"""The dashboard: pages over the published marts, and nothing else of the lake."""
