-- Where do the bytes of a message lie that a number counts?
-- Asked by: a prosecutor who must lay the mail before the court.
-- Columns: landed bytes never change: landed/<feed>/<first two digits>/<file_sha256> in the lake holds the file as it was
--   pulled, and the message is its number position, at byte_offset once decompressed; message_sha256 is the digest of
--   the raw message. `spamledger verify` hashes all files again.
-- Reads: raw tables, since marts hold no single messages; here the first ten messages of the largest ring.
with asked as (
    select max_by(ring_id, (message_count, ring_id)) as ring_id from rings
)
select
    ring_id,
    campaign_id,
    message_key,
    messages.captured_at,
    message_id,
    message_sha256,
    loads.feed,
    loads.sha256 as file_sha256,
    loads.name as file_name,
    position,
    entry_name,
    byte_offset,
    pulled_at
from asked
join campaigns using (ring_id)
join campaign_members as members using (campaign_id)
join messages using (message_key)
join loads on loads.load_id = messages.load_id
order by messages.captured_at, message_key
limit 10
