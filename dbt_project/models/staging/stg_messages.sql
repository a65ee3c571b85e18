with source as (
    select * from {{ source('raw', 'messages') }}
),

renamed as (
    select
        message_key,
        feed,
        load_id,
        captured_at,
        cast(captured_at as date) as captured_date,
        cast(date_trunc('month', captured_at) as date) as month,
        captured_at_source,
        message_bytes,
        from_address,
        envelope_from_address,
        from_registrable_domain as sender_domain,
        origin_ip,
        trap_address_hash,
        recipient_shape,
        recipient_hashes,
        url_count,
        attachment_count,
        len(defects) as defect_count
    from source
)

select * from renamed
