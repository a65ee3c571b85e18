"""Rings: what campaigns give away about those behind them, which of it ties two campaigns, and who is one ring.

Indicators (`text_indicators`, `url_indicators`, `message_indicators`) are read off single facts; `links` weighs what
campaigns share; `components` groups them and keeps the rings' ids. All pure.
"""
