"""Indicators under CAN-SPAM: what of the law's requirements can be read off captured mail. A court judges."""
