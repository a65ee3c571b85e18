with source as (
    select * from {{ source('raw', 'urls') }}
),

renamed as (
    select
        message_key,
        feed,
        captured_at,
        cast(date_trunc('month', captured_at) as date) as month,
        host,
        registrable_domain as url_domain
    from source
)

select * from renamed
