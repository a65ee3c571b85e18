"""What the pipeline costs, beside what people would use instead: `make bench`. Ratios; both sides in one run."""
