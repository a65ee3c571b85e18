"""Station 2, the pure part: one raw message to facts, or to a rejection with a reason."""

from transforms.message.batch import PARSER_VERSION, parse_batch, reject_row, warm_up
from transforms.message.facts import FeedContext, Item, message_key

__all__ = ["PARSER_VERSION", "FeedContext", "Item", "message_key", "parse_batch", "reject_row", "warm_up"]
